package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.FunctionLimits;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Functions in processes of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorkersTest {
    private FunctionsInDuckDb duckDb;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    void open(@TempDir Path folder) throws Exception {
        duckDb = new FunctionsInDuckDb(new WorkerConfig(FunctionLimits.Tier.SHARED, folder, 3, 1, 64 << 20));
    }

    @AfterAll
    void close() throws SQLException {
        duckDb.close();
    }

    @Test
    void numbers_and_nulls_go_there_and_back() throws SQLException {
        var function = duckDb.compileApart(
                "BIGINT DOUBLE",
                "DOUBLE",
                "public class F { public static Double f(long a, double b) { return a % 3 == 0 ? null : a * b; } }");
        assertThat(duckDb.query(
                        function,
                        "SELECT count(*) || ' ' || count(f(i, 0.5)) || ' ' || sum(f(if(i % 7 = 0, NULL, i), 0.5))"
                                + " FROM range(100000) t(i)"))
                .isEqualTo(duckDb.query("SELECT count(*) || ' ' || count(if(i % 3 = 0, NULL, i)) || ' '"
                        + " || sum(if(i % 3 = 0 OR i % 7 = 0, NULL, i * 0.5::DOUBLE)) FROM range(100000) t(i)"));
    }

    @Test
    void strings_of_any_length_go_there_and_back() throws SQLException {
        var function = duckDb.compileApart(
                "VARCHAR INTEGER",
                "VARCHAR",
                "public class F { public static String f(String s, int n) { return s == null ? null : s.repeat(n); } }");
        assertThat(duckDb.query(
                        function,
                        "SELECT count(*) FROM (SELECT repeat('xyä', (i % 40)::INT) AS s, (i % 5)::INT AS n FROM range(10000) t(i))"
                                + " WHERE f(s, n) IS DISTINCT FROM repeat(s, n)"))
                .containsExactly(0L);
        assertThat(duckDb.query(function, "SELECT sum(length(f(repeat('y', 100000), 5))) FROM range(2000)")
                        .getFirst())
                .hasToString("1000000000");
    }

    @Test
    void a_function_that_throws_is_told_and_its_process_goes_on() throws SQLException {
        var function = duckDb.compileApart(
                "INTEGER", "INTEGER", "public class F { public static int f(int x) { return 10 / x; } }");
        assertThatThrownBy(() -> duckDb.query(function, "SELECT f(x) FROM (VALUES (1), (0)) t(x)"))
                .hasMessageContaining("ArithmeticException: / by zero")
                .hasMessageContaining("at F.f(");
        assertThat(duckDb.query(function, "SELECT f(x) FROM (VALUES (2)) t(x)")).containsExactly(5);
    }

    @Test
    void memory_that_runs_out_ends_the_process_and_not_the_server() throws SQLException {
        var function = duckDb.compileApart("INTEGER", "INTEGER", """
                public class F {
                    public static int f(int x) {
                        var all = new java.util.ArrayList<long[]>();
                        while (true) {
                            all.add(new long[100000]);
                        }
                    }
                }
                """);
        assertThatThrownBy(() -> duckDb.query(function, "SELECT f(x) FROM (VALUES (1)) t(x)"))
                .hasMessageContaining("OutOfMemoryError");
        assertThat(duckDb.query("SELECT 1")).containsExactly(1);
    }
}
