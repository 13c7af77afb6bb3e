package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that change rows, and what is left of those that fail. */
@ExtendWith(SluiceExtension.class)
final class WritesTest {
    @Test
    void a_table_is_made_of_a_query(Lake lake) throws SQLException {
        lake.run("CREATE TABLE squares AS SELECT range AS n, range * range AS square FROM range(5)");
        assertThat(lake.rows("SELECT * FROM squares WHERE n > 2 ORDER BY n")).containsExactly("3|9", "4|16");
    }

    @Test
    void a_query_is_inserted_and_counted(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE source_rows AS SELECT range AS id FROM range(10)",
                "CREATE TABLE target_rows (id BIGINT)");
        assertThat(lake.update("INSERT INTO target_rows SELECT id FROM source_rows WHERE id % 2 = 0"))
                .isEqualTo(5);
        assertThat(lake.rows("SELECT sum(id) FROM target_rows")).containsExactly("20");
    }

    @Test
    void a_table_is_inserted_into_itself(Lake lake) throws SQLException {
        lake.run("CREATE TABLE doubling AS SELECT range AS id FROM range(4)");
        assertThat(lake.update("INSERT INTO doubling SELECT id + 4 FROM doubling"))
                .isEqualTo(4);
        assertThat(lake.rows("SELECT count(*), max(id) FROM doubling")).containsExactly("8|7");
    }

    @Test
    void columns_that_an_insert_does_not_name_are_null(Lake lake) throws SQLException {
        lake.run("CREATE TABLE partial (a BIGINT, b VARCHAR, c DOUBLE)");
        assertThat(lake.update("INSERT INTO partial (c, a) VALUES (1.5, 1)")).isEqualTo(1);
        assertThat(lake.rows("SELECT a, b, c FROM partial")).containsExactly("1|null|1.5");
    }

    @Test
    void an_update_counts_and_changes_the_rows_of_its_condition(Lake lake) throws SQLException {
        lake.run("CREATE TABLE stock AS SELECT range AS id, 10 AS amount FROM range(10)");
        assertThat(lake.update("UPDATE stock SET amount = amount + id, id = -id WHERE id >= 8"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT id, amount FROM stock WHERE id < 0 ORDER BY id"))
                .containsExactly("-9|19", "-8|18");
        assertThat(lake.update("UPDATE stock SET amount = 0 WHERE id = 1000")).isZero();
        assertThat(lake.update("UPDATE stock SET amount = NULL")).isEqualTo(10);
    }

    @Test
    void an_update_takes_values_from_another_table(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE parts AS SELECT range AS id, 'old' AS name FROM range(4)",
                "CREATE TABLE renames AS SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (7, 'seven')) r(id, name)");
        assertThat(lake.update("UPDATE parts SET name = r.name FROM renames r WHERE r.id = parts.id"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT name FROM parts ORDER BY id")).containsExactly("old", "one", "two", "old");
    }

    @Test
    void a_delete_counts_and_a_null_condition_keeps_the_row(Lake lake) throws SQLException {
        lake.run("CREATE TABLE sparse AS SELECT * FROM (VALUES (1), (NULL), (3)) s(v)");
        assertThat(lake.update("DELETE FROM sparse WHERE v > 2")).isEqualTo(1);
        assertThat(lake.rows("SELECT v FROM sparse ORDER BY v NULLS LAST")).containsExactly("1", "null");
        assertThat(lake.update("DELETE FROM sparse")).isEqualTo(2);
        assertThat(lake.rows("SELECT count(*) FROM sparse")).containsExactly("0");
    }

    @Test
    void a_delete_is_decided_by_another_table(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE members AS SELECT range AS id FROM range(6)",
                "CREATE TABLE leavers AS SELECT * FROM (VALUES (1), (1), (4)) l(id)");
        assertThat(lake.update("DELETE FROM members USING leavers l WHERE l.id = members.id"))
                .isEqualTo(2);
        assertThat(lake.update("DELETE FROM members WHERE id IN (SELECT id + 1 FROM leavers)"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT id FROM members ORDER BY id")).containsExactly("0", "3");
    }

    @Test
    void truncate_empties_a_table(Lake lake) throws SQLException {
        lake.run("CREATE TABLE full_table AS SELECT range AS id FROM range(7)");
        assertThat(lake.update("TRUNCATE TABLE full_table")).isEqualTo(7);
        assertThat(lake.rows("SELECT count(*) FROM full_table")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO strict VALUES (NULL, 'x')",
                "INSERT INTO strict (name) VALUES ('x')",
                "INSERT INTO strict SELECT nullif(range, 3), 'x' FROM range(5)",
                "UPDATE strict SET id = NULL"
            })
    void a_null_in_a_not_null_column_is_refused(String sql, Lake lake) throws SQLException {
        lake.run("CREATE TABLE IF NOT EXISTS strict (id BIGINT NOT NULL, name VARCHAR)", "DELETE FROM strict");
        lake.run("INSERT INTO strict VALUES (1, 'kept')");
        assertThatThrownBy(() -> lake.run(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("id")
                .hasMessageContaining("NOT NULL");
        assertThat(lake.rows("SELECT * FROM strict")).containsExactly("1|kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO fragile SELECT CASE WHEN range = 90000 THEN 'x' ELSE '1' END::INTEGER FROM range(100000)",
                "UPDATE fragile SET id = CASE WHEN id = 90000 THEN 'x' ELSE '1' END::INTEGER",
                "DELETE FROM fragile WHERE CASE WHEN id = 90000 THEN 'x' ELSE '1' END::INTEGER = 1",
                "CREATE TABLE never AS SELECT CASE WHEN range = 90000 THEN 'x' ELSE '1' END::INTEGER FROM range(100000)"
            })
    void a_statement_that_fails_leaves_no_file_and_no_row(String sql, Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE IF NOT EXISTS fragile AS SELECT range AS id FROM range(100000)");
        var before = files(lake);
        assertThatThrownBy(() -> lake.run(sql)).isInstanceOf(SQLException.class).hasMessageContaining("x");
        assertThat(files(lake)).isEqualTo(before);
        assertThat(lake.rows("SELECT count(*), sum(id) FROM fragile")).containsExactly("100000|4999950000");
        assertThat(lake.rows("SHOW TABLES")).noneMatch(row -> row.contains("never"));
    }

    @Test
    void a_refused_write_to_a_tag_leaves_no_file(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE carved AS SELECT range AS id FROM range(3)", "CREATE TAG stone");
        var before = files(lake);
        try (var connection = lake.connect("&ref=stone");
                var statement = connection.createStatement()) {
            for (var sql : List.of("DELETE FROM carved WHERE id = 1", "UPDATE carved SET id = 7")) {
                assertThatThrownBy(() -> statement.executeUpdate(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("TAG stone cannot be written to");
            }
        }
        assertThat(files(lake)).isEqualTo(before);
    }

    private static Set<Path> files(Lake lake) throws IOException {
        try (var paths = Files.walk(lake.data().resolve("warehouse"))) {
            return paths.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    @Test
    void inserts_of_four_connections_at_once_all_arrive(Lake lake)
            throws SQLException, InterruptedException, ExecutionException {
        lake.run("CREATE TABLE crowded (writer BIGINT, n BIGINT)");
        var writers = new ArrayList<Callable<Integer>>();
        for (var writer = 0; writer < 4; writer++) {
            var insert = "INSERT INTO crowded VALUES (" + writer + ", ";
            writers.add(() -> {
                var rows = 0;
                try (var connection = lake.connect("");
                        var statement = connection.createStatement()) {
                    for (var n = 0; n < 5; n++) {
                        rows += statement.executeUpdate(insert + n + ")");
                    }
                }
                return rows;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var written : threads.invokeAll(writers)) {
                assertThat(written.get()).isEqualTo(5);
            }
        }
        assertThat(lake.rows("SELECT writer, count(*), sum(n) FROM crowded GROUP BY writer ORDER BY writer"))
                .containsExactly("0|5|10", "1|5|10", "2|5|10", "3|5|10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city",
                "year(seen)",
                "month(seen)",
                "day(seen)",
                "hour(seen)",
                "truncate(2, city)",
                "truncate(10, id)",
                "city, day(seen)"
            })
    void a_partitioned_table_is_written_and_changed(String partitions, Lake lake) throws SQLException {
        lake.run("DROP TABLE IF EXISTS trips");
        lake.run("CREATE TABLE trips (id BIGINT, city VARCHAR, seen TIMESTAMP) PARTITIONED BY (" + partitions + ")");
        assertThat(lake.update("""
                        INSERT INTO trips SELECT range, ['oslo', 'osaka', NULL][range % 3 + 1],
                        TIMESTAMP '1969-12-30 20:00:00' + INTERVAL (range) HOUR FROM range(60)""")).isEqualTo(60);
        assertThat(lake.rows("SELECT count(*), count(city), min(seen), max(seen) FROM trips"))
                .containsExactly("60|40|1969-12-30 20:00:00.0|1970-01-02 07:00:00.0");
        assertThat(lake.rows("SELECT count(*) FROM trips WHERE city = 'oslo'")).containsExactly("20");
        assertThat(lake.rows("SELECT count(*) FROM trips WHERE city IS NULL")).containsExactly("20");
        assertThat(lake.rows("SELECT count(*) FROM trips WHERE seen < TIMESTAMP '1970-01-01 00:00:00'"))
                .containsExactly("28");
        assertThat(lake.update("UPDATE trips SET city = 'rome' WHERE city = 'osaka'"))
                .isEqualTo(20);
        assertThat(lake.update("DELETE FROM trips WHERE city IS NULL")).isEqualTo(20);
        assertThat(lake.rows("SELECT city, count(*), sum(id) FROM trips GROUP BY city ORDER BY city"))
                .containsExactly("oslo|20|570", "rome|20|590");
    }

    @Test
    void a_predicate_on_the_partition_reads_fewer_files(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE visits (id BIGINT, city VARCHAR) PARTITIONED BY (city)",
                "INSERT INTO visits SELECT range, ['a', 'b', 'c', 'd'][range % 4 + 1] FROM range(40)");
        assertThat(lake.rows("EXPLAIN SELECT * FROM visits WHERE city = 'a'").getFirst())
                .contains("files 1 of 4");
        assertThat(lake.rows("EXPLAIN SELECT * FROM visits WHERE city IN ('a', 'b')")
                        .getFirst())
                .contains("files 2 of 4");
        assertThat(lake.rows("EXPLAIN SELECT * FROM visits").getFirst()).contains("files 4 of 4");
    }

    @Test
    void column_bounds_prune_files_of_a_table_without_partitions(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE appended (id BIGINT)",
                "INSERT INTO appended SELECT range FROM range(0, 10)",
                "INSERT INTO appended SELECT range FROM range(10, 20)",
                "INSERT INTO appended SELECT range FROM range(20, 30)");
        assertThat(lake.rows("EXPLAIN SELECT * FROM appended WHERE id = 15").getFirst())
                .contains("files 1 of 3");
        assertThat(lake.rows("SELECT count(*) FROM appended WHERE id >= 15")).containsExactly("15");
    }
}
