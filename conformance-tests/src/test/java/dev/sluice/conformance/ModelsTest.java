package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users' functions that take tables. */
@ExtendWith(SluiceExtension.class)
final class ModelsTest {
    private static final Path FLIGHTS = Path.of("..", "samples", "flights-2001-01.parquet");

    @BeforeAll
    static void model(Lake lake) throws SQLException, IOException {
        lake.run("COPY INTO flights FROM '" + FLIGHTS.toRealPath() + "'", """
                CREATE TABLE FUNCTION line(points TABLE, x VARCHAR, y VARCHAR)
                RETURNS TABLE (slope DOUBLE, intercept DOUBLE, n BIGINT) LANGUAGE JAVA AS $$
                import dev.sluice.udf.Table;
                import java.util.stream.Stream;

                public final class Line {
                    public record Fit(double slope, double intercept, long n) {}

                    public static Stream<Fit> fit(Table points, String x, String y) {
                        double sx = 0, sy = 0, sxx = 0, sxy = 0;
                        long n = 0;
                        while (points.next()) {
                            var xs = points.column(x).doubles();
                            var ys = points.column(y).doubles();
                            for (int i = 0; i < xs.length; i++) {
                                sx += xs[i];
                                sy += ys[i];
                                sxx += xs[i] * xs[i];
                                sxy += xs[i] * ys[i];
                            }
                            n += xs.length;
                        }
                        var slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
                        return Stream.of(new Fit(slope, (sy - slope * sx) / n, n));
                    }
                }
                $$""", """
                CREATE TABLE FUNCTION zipped(a TABLE, b TABLE) RETURNS TABLE (left_text VARCHAR, right_text VARCHAR)
                LANGUAGE JAVA AS $$
                import dev.sluice.udf.Table;
                import java.util.Iterator;

                public final class Zipped {
                    record Row(String left_text, String right_text) {}

                    private static final class Reader {
                        private final Table table;
                        private int row = -1;
                        Reader(Table table) { this.table = table; }
                        boolean next() {
                            row++;
                            if (row == 0 || row == table.rows()) {
                                row = 0;
                                return table.next();
                            }
                            return true;
                        }
                        String text() { return String.valueOf(table.column(table.columns().get(0)).get(row)); }
                    }

                    public static Iterator<Row> zip(Table a, Table b) {
                        var left = new Reader(a);
                        var right = new Reader(b);
                        return new Iterator<>() {
                            public boolean hasNext() { return left.next() && right.next(); }
                            public Row next() { return new Row(left.text(), right.text()); }
                        };
                    }
                }
                $$""");
    }

    @Test
    void a_model_reads_a_table_to_its_end(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT abs(m.slope - t.slope) < 1e-9, abs(m.intercept - t.intercept) < 1e-6, m.n = t.n"
                        + " FROM line(TABLE (SELECT distance, delay FROM flights), 'distance', 'delay') m,"
                        + " (SELECT regr_slope(delay, distance) AS slope, regr_intercept(delay, distance) AS intercept,"
                        + " count(*) AS n FROM flights) t"))
                .containsExactly("true|true|true");
        assertThat(lake.rows("SELECT n FROM line(TABLE flights, 'Distance', 'DELAY')"))
                .containsExactly("508239");
    }

    @Test
    void tables_stream_and_a_limit_ends_them(Lake lake) throws SQLException {
        assertThat(lake.rows("FROM zipped(TABLE (SELECT range FROM range(1000000000)),"
                        + " TABLE (SELECT range * 2 FROM range(1000000000))) LIMIT 2"))
                .containsExactly("0|0", "1|2");
        assertThat(lake.rows("SELECT count(*), max(right_text::INTEGER) FROM zipped("
                        + "TABLE (FROM range(70000)), TABLE (FROM range(90000)))"))
                .containsExactly("70000|69999");
    }

    @Test
    void many_models_run_at_once(Lake lake) throws Exception {
        try (var clients = Executors.newFixedThreadPool(6)) {
            var counts = clients.invokeAll(Collections.nCopies(6, () -> {
                try (var connection = lake.connect("")) {
                    return Lake.rows(
                            connection,
                            "SELECT sum(n) FROM line(TABLE (SELECT avg(distance) AS x, max(delay) AS y FROM flights"
                                    + " GROUP BY origin, destination ORDER BY x), 'x', 'y')");
                }
            }));
            for (var count : counts) {
                assertThat(count.get())
                        .isEqualTo(
                                lake.rows("SELECT count(*) FROM (SELECT DISTINCT origin, destination FROM flights)"));
            }
        }
    }

    @Test
    void values_of_all_types_and_nulls_come_as_in_parameters(Lake lake) throws SQLException {
        assertThat(
                        lake.rows(
                                "SELECT left_text FROM zipped(TABLE (VALUES (DATE '2024-02-29'), (NULL)), TABLE (FROM range(9)))"))
                .containsExactly("2024-02-29", "null");
        for (var value :
                new String[] {"1.50::DECIMAL(9, 2)", "'é€'", "true", "7::INTEGER", "1.5::REAL", "2.5::DOUBLE"}) {
            assertThat(lake.rows("SELECT left_text = " + value + "::VARCHAR FROM zipped(TABLE (SELECT " + value
                            + "), TABLE (FROM range(9)))"))
                    .as(value)
                    .containsExactly("true");
        }
        assertThat(lake.rows("SELECT left_text, right_text FROM zipped(TABLE (SELECT TIMESTAMP '2024-02-29 01:02:03'),"
                        + " TABLE (SELECT TIMESTAMPTZ '2024-02-29 01:02:03+00'))"))
                .containsExactly("2024-02-29T01:02:03|2024-02-29T01:02:03Z");
    }

    @Test
    void the_tables_are_those_of_the_statements_commit_and_transaction(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE points AS SELECT range AS x, 2 * range AS y FROM range(5)",
                "CREATE VIEW fitted AS SELECT n FROM line(TABLE points, 'x', 'y')",
                "CREATE BRANCH more",
                "INSERT INTO points AT BRANCH more VALUES (5, 10)");
        var count = "SELECT n FROM line(TABLE points%s, 'x', 'y')";
        assertThat(lake.rows(count.replace("%s", ""))).containsExactly("5");
        assertThat(lake.rows(count.replace("%s", " AT BRANCH more"))).containsExactly("6");
        assertThat(lake.rows("SELECT n FROM fitted")).containsExactly("5");
        assertThat(lake.rows("SELECT n FROM fitted AT BRANCH more")).containsExactly("6");
        lake.run("BEGIN", "INSERT INTO points VALUES (7, 14), (8, 16)");
        assertThat(lake.rows(count.replace("%s", ""))).containsExactly("7");
        lake.run("ROLLBACK");
        lake.run("CREATE TABLE fit AS " + count.replace("%s", ""));
        assertThat(lake.rows("FROM fit")).containsExactly("5");
    }

    @Test
    void what_is_wrong_with_a_table_is_the_statements_error(Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.rows("SELECT * FROM line(TABLE nowhere, 'x', 'y')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Table 'nowhere' does not exist (line 1, column 26)");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM line(TABLE (SELECT 1 AS x), 'x', 'y')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Column 'y' does not exist: the table has x");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM line(TABLE (SELECT 'a' AS x, 1 AS y), 'x', 'y')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Column 'x' has no numbers");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM line(TABLE (SELECT 1 AS x, error('oh no') AS y), 'x', 'y')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("oh no");
        assertThatThrownBy(() -> lake.run("CREATE FUNCTION wrong(a TABLE) RETURNS BIGINT LANGUAGE JAVA AS $$ $$"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("A function that takes a TABLE gives one");
        assertThat(lake.rows("SHOW FUNCTIONS LIKE 'zipped'"))
                .containsExactly(
                        "public|zipped|(a TABLE, b TABLE) RETURNS TABLE (left_text VARCHAR, right_text VARCHAR)"
                                + "|JAVA|TABLE");
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }
}
