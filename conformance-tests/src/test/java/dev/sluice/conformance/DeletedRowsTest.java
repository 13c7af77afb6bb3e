package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.OtherEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that other engines have deleted, in each of Iceberg's ways. */
final class DeletedRowsTest {
    private static final Schema COLUMNS = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    private static final String IDS = "{id: 1, name: 2}";

    @TempDir
    static Path data;

    private static Lake lake;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed after all tests
    static void open() throws SQLException {
        Lake.open(data).close();
        try (var other = new OtherEngine(data)) {
            positions(other);
            partitioned(other);
            vectors(other);
            equality(other);
        }
        lake = Lake.open(data);
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    private static String rows(int from, int until) {
        return "SELECT range AS id, 'n' || range AS name FROM range(" + from + ", " + until + ")";
    }

    private static void create(OtherEngine other, String name, String version, Consumer<Table> change) {
        other.create(name, COLUMNS, PartitionSpec.unpartitioned(), Map.of("format-version", version), change);
    }

    /** Each third row of the first file is gone, and by two delete files the first ten of the second. */
    private static void positions(OtherEngine other) {
        for (var name : List.of("by_position", "rewritten", "removed")) {
            create(other, name, "2", table -> {
                var files = new OtherFiles(table);
                var first = files.data(rows(0, 3000), IDS);
                var second = files.data(rows(3000, 6000), IDS);
                var clean = files.data(rows(6000, 6010), IDS);
                table.newAppend()
                        .appendFile(first)
                        .appendFile(second)
                        .appendFile(clean)
                        .commit();
                table.newRowDelta()
                        .addDeletes(files.positions(first, "SELECT 3 * range FROM range(1000)"))
                        .addDeletes(files.positions(second, "SELECT range FROM range(5)"))
                        .commit();
                table.newRowDelta()
                        .addDeletes(files.positions(second, "SELECT range FROM range(3, 10)"))
                        .commit();
            });
        }
    }

    /** One delete file for two data files of a partition; the same rows of the other partition stay. */
    private static void partitioned(OtherEngine other) {
        var spec = PartitionSpec.builderFor(COLUMNS).identity("name").build();
        other.create("by_partition", COLUMNS, spec, Map.of("format-version", "2"), table -> {
            var files = new OtherFiles(table);
            var ada = new PartitionData(spec.partitionType());
            ada.set(0, "ada");
            var bob = new PartitionData(spec.partitionType());
            bob.set(0, "bob");
            var first = files.data("SELECT range AS id, 'ada' AS name FROM range(10)", IDS, ada);
            var second = files.data("SELECT range + 10 AS id, 'ada' AS name FROM range(10)", IDS, ada);
            var third = files.data("SELECT range AS id, 'bob' AS name FROM range(10)", IDS, bob);
            table.newAppend()
                    .appendFile(first)
                    .appendFile(second)
                    .appendFile(third)
                    .commit();
            table.newRowDelta()
                    .addDeletes(files.positions(
                            "SELECT * FROM (VALUES ('" + first.location() + "', 1::BIGINT), ('" + first.location()
                                    + "', 2), ('" + second.location() + "', 1)) AS d(file_path, pos)",
                            ada))
                    .addDeletes(files.equality("SELECT 5::BIGINT AS id", "{id: 1}", bob, 1))
                    .commit();
        });
    }

    private static void vectors(OtherEngine other) {
        for (var name : List.of("by_vector", "damaged")) {
            create(other, name, "3", table -> {
                var files = new OtherFiles(table);
                var first = files.data(rows(0, 200_000), IDS);
                var second = files.data(rows(200_000, 200_100), IDS);
                table.newAppend().appendFile(first).appendFile(second).commit();
                var delta = table.newRowDelta();
                var vectors = files.vectors(Map.of(first, new long[] {0, 1, 70_000, 199_999}, second, new long[] {99}));
                vectors.forEach(delta::addDeletes);
                delta.commit();
                if (name.equals("damaged")) {
                    damage(vectors.getFirst().location());
                }
            });
        }
    }

    private static void damage(String location) {
        try {
            var bytes = Files.readAllBytes(Path.of(location));
            bytes[20] ^= 1;
            Files.write(Path.of(location), bytes, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows are upserted, as a stream does: each commit deletes by id what older ones wrote, and adds rows. */
    private static void equality(OtherEngine other) {
        create(other, "by_value", "2", table -> {
            var files = new OtherFiles(table);
            table.newAppend().appendFile(files.data(rows(0, 10), IDS)).commit();
            for (var round = 1; round <= 3; round++) {
                table.newRowDelta()
                        .addRows(files.data(
                                "SELECT range AS id, 'round " + round + "' AS name FROM range(" + round + ")", IDS))
                        .addDeletes(files.equality("SELECT range AS id FROM range(" + round + ")", "{id: 1}", null, 1))
                        .commit();
            }
            table.newRowDelta()
                    .addRows(files.data("SELECT NULL::BIGINT AS id, 'nobody' AS name", IDS))
                    .addDeletes(files.equality("SELECT 'n9' AS name", "{name: 2}", null, 2))
                    .commit();
            table.newRowDelta()
                    .addDeletes(files.equality("SELECT NULL::BIGINT AS id", "{id: 1}", null, 1))
                    .commit();
            table.updateSchema()
                    .deleteColumn("id")
                    .addColumn("note", Types.StringType.get())
                    .commit();
        });
    }

    @Test
    void rows_deleted_by_position_are_gone() throws SQLException {
        assertThat(lake.rows("SELECT count(*), sum(id), min(id) FROM by_position"))
                .containsExactly("5000|" + (6009L * 3005 - 3L * 999 * 500 - 30_045) + "|1");
        assertThat(lake.rows("SELECT id FROM by_position WHERE id IN (2, 3, 4, 3005, 3010, 6003) ORDER BY id"))
                .containsExactly("2", "4", "3010", "6003");
        assertThat(lake.rows("SELECT name FROM by_position ORDER BY id DESC LIMIT 3"))
                .containsExactly("n6009", "n6008", "n6007");
        assertThat(lake.rows("SELECT count(*) FROM by_position AS a JOIN by_position AS b USING (id)"))
                .containsExactly("5000");
    }

    @Test
    void one_delete_file_serves_the_files_of_its_partition() throws SQLException {
        assertThat(lake.rows("SELECT name, count(*), sum(id) FROM by_partition GROUP BY name ORDER BY name"))
                .containsExactly("ada|17|" + (190 - 1 - 2 - 11), "bob|9|40");
    }

    @Test
    void rows_deleted_by_a_vector_are_gone() throws SQLException {
        assertThat(lake.rows("SELECT count(*), max(id) FROM by_vector")).containsExactly("200095|200098");
        assertThat(lake.rows("SELECT id FROM by_vector WHERE id IN (0, 2, 69999, 70000, 199999, 200000) ORDER BY id"))
                .containsExactly("2", "69999", "200000");
    }

    @Test
    void rows_deleted_by_value_are_gone_where_they_are_older() throws SQLException {
        assertThat(lake.rows("SELECT name, count(*) FROM by_value GROUP BY name ORDER BY name"))
                .containsExactly("n3|1", "n4|1", "n5|1", "n6|1", "n7|1", "n8|1", "round 3|3");
        assertThat(lake.rows("SELECT * FROM by_value WHERE name = 'n3'")).containsExactly("n3|null");
    }

    @Test
    void a_rewrite_of_files_brings_no_row_back() throws SQLException {
        assertThat(lake.update("UPDATE rewritten SET name = 'new' WHERE id < 10 OR id = 3004 OR id = 3500"))
                .isEqualTo(7);
        assertThat(lake.rows("SELECT count(*), count(*) FILTER (name = 'new') FROM rewritten"))
                .containsExactly("5000|7");
        assertThat(lake.update("DELETE FROM removed WHERE id BETWEEN 2000 AND 3999"))
                .isEqualTo(667 + 990);
        assertThat(lake.rows("SELECT count(*) FROM removed WHERE id % 3 = 0 AND id < 2000"))
                .containsExactly("0");
        assertThat(lake.rows("SELECT count(*) FROM removed")).containsExactly("3343");
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_position", "by_partition", "by_vector", "by_value"})
    void files_that_are_optimised_need_no_deletes_and_have_the_same_rows(String table) throws SQLException {
        var branch = "optimised_" + table;
        lake.run("CREATE BRANCH " + branch + " FROM main");
        var optimised = table + " AT BRANCH " + branch;
        var before = lake.rows("SELECT * FROM " + table + " ORDER BY ALL");
        assertThat(lake.rows("OPTIMIZE " + optimised))
                .anyMatch(row -> row.contains("with deletes"))
                .anyMatch(row -> row.startsWith("write|"));
        assertThat(lake.rows("SELECT * FROM " + optimised + " ORDER BY ALL")).isEqualTo(before);
        assertThat(lake.rows("OPTIMIZE " + optimised)).isEmpty();
    }

    @Test
    void a_damaged_vector_is_told_by_its_place() {
        assertThatThrownBy(() -> lake.rows("SELECT * FROM damaged"))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Deletion vector at 4 of ", ".puffin", "its checksum is wrong");
    }
}
