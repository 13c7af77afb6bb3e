package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that take the place of others, and rows that go without being read. */
@ExtendWith(SluiceExtension.class)
final class OverwritingTest {
    /** Ten sales of each of three days in two cities. */
    @BeforeEach
    void fill(Lake lake) throws SQLException {
        lake.run(
                "DROP TABLE IF EXISTS sales",
                "CREATE TABLE sales (id BIGINT, sold TIMESTAMP, city VARCHAR) PARTITIONED BY (day(sold), city)",
                "INSERT INTO sales SELECT range, TIMESTAMP '2024-03-01 10:00:00' + INTERVAL (range % 3) DAY,"
                        + " ['oslo', 'rome'][range % 2 + 1] FROM range(30)");
    }

    private static String[] byDay(Lake lake) throws SQLException {
        return lake.rows("SELECT sold::DATE, count(*), sum(id) FROM sales GROUP BY 1 ORDER BY 1")
                .toArray(String[]::new);
    }

    private static Set<Path> dataFiles(Lake lake) throws IOException {
        try (var paths = Files.walk(lake.data().resolve("warehouse"))) {
            return paths.filter(path ->
                            path.toString().contains("sales") && path.toString().endsWith(".parquet"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void an_overwrite_replaces_the_partitions_that_its_rows_are_in(Lake lake) throws SQLException {
        assertThat(lake.update("INSERT OVERWRITE sales SELECT 1000, TIMESTAMP '2024-03-02 23:00:00', 'oslo'"))
                .isEqualTo(1);
        assertThat(byDay(lake)).containsExactly("2024-03-01|10|135", "2024-03-02|6|1065", "2024-03-03|10|155");
        assertThat(lake.update("INSERT OVERWRITE INTO sales SELECT * FROM sales WHERE false"))
                .isZero();
        assertThat(byDay(lake)).hasSize(3);
    }

    @Test
    void an_overwrite_of_a_table_without_partitions_replaces_all(Lake lake) throws SQLException {
        lake.run("CREATE TABLE plain AS SELECT range AS id, 'x' AS name FROM range(10)");
        assertThat(lake.update("INSERT OVERWRITE TABLE plain (id) SELECT id + 100 FROM plain WHERE id < 2"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT * FROM plain ORDER BY id")).containsExactly("100|null", "101|null");
        assertThat(lake.update("INSERT OVERWRITE plain SELECT * FROM plain WHERE false"))
                .isZero();
        assertThat(lake.rows("SELECT count(*) FROM plain")).containsExactly("0");
        lake.run("DROP TABLE plain");
    }

    @Test
    void an_overwrite_of_named_values_replaces_the_rows_that_have_them(Lake lake) throws SQLException {
        assertThat(lake.update("INSERT OVERWRITE sales PARTITION (city = 'oslo') VALUES (7, TIMESTAMP '2024-03-09'),"
                        + " (8, NULL)"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT city, count(*), sum(id) FROM sales GROUP BY city ORDER BY city"))
                .containsExactly("oslo|2|15", "rome|15|225");
        lake.run("INSERT OVERWRITE sales PARTITION (city = 'rome') (id) SELECT id FROM sales WHERE false");
        assertThat(lake.rows("SELECT city, id, sold FROM sales ORDER BY id"))
                .containsExactly("oslo|7|2024-03-09 00:00:00.0", "oslo|8|null");
    }

    @Test
    void an_overwrite_of_a_value_that_is_no_partition_rewrites_the_other_rows(Lake lake) throws SQLException {
        assertThat(lake.update("INSERT OVERWRITE sales PARTITION (id = 3) SELECT TIMESTAMP '2025-01-01', 'bonn'"))
                .isEqualTo(1);
        assertThat(lake.rows("SELECT count(*), sum(id), count(*) FILTER (city = 'bonn') FROM sales"))
                .containsExactly("30|435|1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT OVERWRITE sales PARTITION (city = upper('x')) SELECT 1, NULL",
                "INSERT OVERWRITE sales PARTITION (town = 'x') SELECT 1, NULL",
                "INSERT OVERWRITE sales PARTITION (city = 'x') (id, city) SELECT 1, 'y'",
                "INSERT OVERWRITE sales PARTITION (city = 'x') SELECT 1, NULL, 'x'",
                "INSERT OVERWRITE sales SELECT 'x', NULL, NULL"
            })
    void an_overwrite_that_fails_changes_nothing(String sql, Lake lake) throws SQLException, IOException {
        var before = dataFiles(lake);
        assertThatThrownBy(() -> lake.run(sql)).isInstanceOf(SQLException.class);
        assertThat(dataFiles(lake)).isEqualTo(before);
        assertThat(lake.rows("SELECT count(*) FROM sales")).containsExactly("30");
    }

    /** The files are lost, so that whoever reads one fails. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM sales WHERE city = 'rome'",
                "DELETE FROM sales WHERE city IN ('rome', 'paris') AND sold >= TIMESTAMP '2024-01-01'",
                "DELETE FROM sales s WHERE s.city <> 'oslo' AND s.city IS NOT NULL"
            })
    void a_delete_of_whole_partitions_touches_no_data_file(String sql, Lake lake) throws SQLException, IOException {
        var all = dataFiles(lake);
        for (var file : all) {
            Files.delete(file);
        }
        assertThat(lake.update(sql)).isEqualTo(15);
        assertThat(lake.update("TRUNCATE TABLE sales")).isEqualTo(15);
        assertThat(lake.rows("SELECT count(*) FROM sales")).containsExactly("0");
        assertThat(dataFiles(lake)).isEmpty();
    }

    @Test
    void a_delete_reads_only_the_files_of_which_rows_stay(Lake lake) throws SQLException, IOException {
        assertThat(lake.update("DELETE FROM sales WHERE sold < TIMESTAMP '2024-03-02 00:00:00' OR id = 29"))
                .isEqualTo(11);
        assertThat(byDay(lake)).containsExactly("2024-03-02|10|145", "2024-03-03|9|126");
        assertThat(lake.update("DELETE FROM sales WHERE sold <= TIMESTAMP '2024-03-02 10:00:00'"))
                .isEqualTo(10);
        assertThat(byDay(lake)).containsExactly("2024-03-03|9|126");
    }

    @Test
    void a_null_stays_where_the_condition_is_null(Lake lake) throws SQLException {
        lake.run("INSERT INTO sales VALUES (NULL, TIMESTAMP '2024-03-01 11:00:00', 'rome')");
        assertThat(lake.update("DELETE FROM sales WHERE id >= 0")).isEqualTo(30);
        assertThat(lake.rows("SELECT id, city FROM sales")).containsExactly("null|rome");
    }
}
