package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data files as a table's properties want them, by what DuckDB reads in their footers. */
@ExtendWith(SluiceExtension.class)
final class FileLayoutTest {
    private static final String ROWS =
            "SELECT range AS id, md5(range::VARCHAR) AS pad, range % 3 AS third FROM range(400000)";

    @Test
    void files_are_cut_near_the_size_that_the_table_asks_for(Lake lake) throws SQLException {
        lake.run("CREATE TABLE cut TBLPROPERTIES ('write.target-file-size-bytes' = '3000000') AS " + ROWS);
        assertThat(lake.rows("SELECT count(*) BETWEEN 2 AND 4, sum(record_count), max(file_size_in_bytes) < 9000000"
                        + " FROM cut$files"))
                .containsExactly("true|400000|true");
        assertThat(lake.rows("SELECT count(*), count(DISTINCT pad) FROM cut")).containsExactly("400000|400000");
    }

    @Test
    void files_of_a_partition_are_cut_too(Lake lake) throws SQLException {
        lake.run("CREATE TABLE thirds PARTITIONED BY (third)"
                + " TBLPROPERTIES ('write.target-file-size-bytes' = '1000000') AS " + ROWS);
        assertThat(lake.rows("SELECT min(file_count) > 1, sum(record_count) FROM thirds$partitions"))
                .containsExactly("true|400000");
    }

    @ParameterizedTest
    @CsvSource({
        "zstd, ZSTD",
        "SNAPPY, SNAPPY",
        "gzip, GZIP",
        "lz4, LZ4_RAW",
        "brotli, BROTLI",
        "uncompressed, UNCOMPRESSED",
    })
    void files_have_the_codec_that_the_table_asks_for(String codec, String written, Lake lake) throws SQLException {
        var table = "codec_" + codec;
        lake.run(
                "CREATE TABLE " + table + " (id BIGINT) TBLPROPERTIES ('write.parquet.compression-codec' = '" + codec
                        + "')",
                "INSERT INTO " + table + " SELECT range FROM range(10)",
                "UPDATE " + table + " SET id = 11 WHERE id = 1");
        assertThat(footers(lake, table, "DISTINCT compression")).containsExactly(written);
    }

    @Test
    void a_higher_level_makes_smaller_files(Lake lake) throws SQLException {
        var rows = " AS SELECT 'row ' || range || ' ' || md5((range % 5000)::VARCHAR) AS pad FROM range(50000)";
        lake.run(
                "CREATE TABLE low TBLPROPERTIES ('write.parquet.compression-level' = '1')" + rows,
                "CREATE TABLE high TBLPROPERTIES ('write.parquet.compression-level' = '15')" + rows);
        assertThat(lake.rows("SELECT (SELECT sum(file_size_in_bytes) FROM high$files)"
                        + " < (SELECT sum(file_size_in_bytes) FROM low$files)"))
                .containsExactly("true");
    }

    @Test
    void row_groups_are_as_short_as_the_table_asks_for(Lake lake) throws SQLException {
        lake.run("CREATE TABLE groups TBLPROPERTIES ('write.parquet.row-group-size-bytes' = '1000000') AS " + ROWS);
        assertThat(footers(lake, "groups", "max(row_group_num_rows) < 40000, max(row_group_bytes) < 2000000"))
                .containsExactly("true|true");
    }

    @ParameterizedTest
    @CsvSource({
        "write.target-file-size-bytes, 0",
        "write.parquet.compression-codec, lzo",
        "write.parquet.compression-level, 23",
        "write.parquet.row-group-size-bytes, big",
    })
    void a_value_that_cannot_be_followed_is_refused(String key, String value, Lake lake) throws SQLException {
        lake.run("CREATE TABLE IF NOT EXISTS strict (id BIGINT)");
        for (var statement : List.of("CREATE TABLE strict2 (id BIGINT) ", "ALTER TABLE strict SET ")) {
            assertThatThrownBy(() -> lake.run(statement + "TBLPROPERTIES ('" + key + "' = '" + value + "')"))
                    .hasMessageContaining("Invalid value '" + value + "' of table property '" + key + "'");
        }
    }

    @Test
    void two_thousand_partitions_are_written_by_one_insert(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE many (id BIGINT, p BIGINT) PARTITIONED BY (p)",
                "INSERT INTO many SELECT range, range % 2000 FROM range(100000)");
        assertThat(lake.rows(
                        "SELECT count(*), sum(record_count), min(record_count), max(record_count) FROM many$files"))
                .containsExactly("2000|100000|50|50");
        assertThat(lake.rows("SELECT count(*) FROM many$snapshots")).containsExactly("1");
        assertThat(lake.rows("SELECT count(*), sum(id), count(DISTINCT p) FROM many"))
                .containsExactly("100000|4999950000|2000");
    }

    private static List<String> footers(Lake lake, String table, String columns) throws SQLException {
        var files = lake.rows("SELECT file_path FROM " + table + "$files").stream()
                .map(path -> "'" + path + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        var rows = new ArrayList<String>();
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var result = statement.executeQuery("SELECT " + columns + " FROM parquet_metadata(" + files + ")")) {
            while (result.next()) {
                var values = new ArrayList<String>();
                for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
