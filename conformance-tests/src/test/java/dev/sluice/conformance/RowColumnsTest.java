package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.OtherEngine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every table tells of its rows besides its columns. */
final class RowColumnsTest {
    @TempDir
    static Path data;

    private static Lake lake;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed after all tests
    static void open() throws SQLException {
        try (var first = Lake.open(data)) {
            first.run(
                    "CREATE TABLE cities (id BIGINT, city VARCHAR) PARTITIONED BY (city)",
                    "INSERT INTO cities SELECT range, CASE WHEN range < 5 THEN 'Oslo' END FROM range(8)",
                    "CREATE TABLE named (_file BIGINT, id BIGINT)",
                    "INSERT INTO named VALUES (1, 2)");
        }
        try (var other = new OtherEngine(data)) {
            other.create("lineage", COLUMNS, PartitionSpec.unpartitioned(), Map.of("format-version", "3"), table -> {
                var files = new OtherFiles(table);
                var first = files.data("SELECT range AS id FROM range(3)", "{id: 1}");
                table.newAppend().appendFile(first).commit();
                table.newRowDelta()
                        .addDeletes(files.vectors(Map.of(first, new long[] {1})).getFirst())
                        .commit();
                table.newAppend()
                        .appendFile(files.data(
                                "SELECT 9::BIGINT AS id, 77::BIGINT AS row_id, 1::BIGINT AS seq UNION ALL SELECT 10, NULL, NULL",
                                "{id: 1, row_id: 2147483540, seq: 2147483539}"))
                        .commit();
            });
        }
        lake = Lake.open(data);
    }

    private static final Schema COLUMNS = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    @Test
    void a_row_tells_its_file_and_place() throws SQLException {
        assertThat(lake.rows("SELECT count(DISTINCT _file), min(_pos), max(_pos), max(_spec_id) FROM cities"))
                .containsExactly("2|0|4|0");
        assertThat(lake.rows("SELECT DISTINCT _partition, city FROM cities ORDER BY city"))
                .containsExactly("city=Oslo|Oslo", "city=null|null");
        var file = lake.rows("SELECT DISTINCT _file FROM cities WHERE city = 'Oslo'")
                .getFirst();
        assertThat(file).startsWith(data.toString()).endsWith(".parquet");
        assertThat(lake.rows("SELECT c.id FROM cities AS c WHERE c._FILE = '" + file + "' AND _pos = 3"))
                .containsExactly("3");
        assertThat(lake.rows("SELECT _row_id FROM cities WHERE id = 1")).containsExactly("null");
    }

    @Test
    void a_star_does_not_show_them() throws SQLException {
        assertThat(lake.rows("SELECT *, _pos FROM cities WHERE id = 7")).containsExactly("7|null|2");
        assertThat(lake.rows("SELECT c.*, d.* FROM cities c JOIN cities AS d USING (id) WHERE c._pos = 0 AND id = 0"))
                .containsExactly("0|Oslo|0|Oslo");
        assertThat(lake.rows("SELECT * FROM (SELECT id, _pos FROM cities) AS inside WHERE id = 4"))
                .containsExactly("4|4");
        assertThat(lake.rows("SELECT 2 * id, * FROM cities WHERE _pos = 2 AND city IS NOT NULL"))
                .containsExactly("4|2|Oslo");
        assertThatThrownBy(() -> lake.rows("SELECT * EXCLUDE (id) FROM cities WHERE _pos = 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("name the columns");
    }

    @Test
    void a_column_of_that_name_comes_first() throws SQLException {
        assertThat(lake.rows("SELECT * FROM named WHERE _file = 1")).containsExactly("1|2");
    }

    @Test
    void rows_of_version_3_tell_where_they_come_from() throws SQLException {
        assertThat(lake.rows("SELECT id, _row_id, _last_updated_sequence_number FROM lineage ORDER BY id"))
                .containsExactly("0|0|1", "2|2|1", "9|77|1", "10|4|3");
    }

    @Test
    void rows_are_changed_by_their_place() throws SQLException {
        lake.run("CREATE TABLE changed AS SELECT range AS id FROM range(10)");
        assertThat(lake.update("DELETE FROM changed WHERE _pos >= 7")).isEqualTo(3);
        assertThat(lake.rows("SELECT count(*) FROM changed")).containsExactly("7");
    }
}
