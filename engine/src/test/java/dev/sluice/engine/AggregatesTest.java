package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.udf.runtime.UdfFunction;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions of many rows against DuckDB's own. */
@Timeout(120)
class AggregatesTest {
    private static final String TOTAL = """
            public final class Total {
                private long sum;
                private boolean any;
                public void add(long x) { sum += x; any = true; }
                public void merge(Total other) { sum += other.sum; any |= other.any; }
                public Long result() { return any ? sum : null; }
            }
            """;

    private static final String WORDS = """
            public final class Words {
                private final StringBuilder text = new StringBuilder();
                public void add(String word) { text.append(word); }
                public void merge(Words other) { text.append(other.text); }
                public String result() { return text.toString(); }
            }
            """;

    private final FunctionsInDuckDb db = new FunctionsInDuckDb();
    private final UdfFunction total = db.compileAggregate("BIGINT", "BIGINT", TOTAL);
    private final UdfFunction words = db.compileAggregate("VARCHAR", "VARCHAR", WORDS);

    AggregatesTest() throws SQLException {}

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void all_rows_are_one_group() throws SQLException {
        assertThat(db.query(total, "SELECT f(x) FROM range(1000000) t(x)")).containsExactly(499999500000L);
    }

    @Test
    void no_rows_give_the_result_of_an_empty_group() throws SQLException {
        assertThat(db.query(total, "SELECT f(x) FROM range(0) t(x)")).containsExactly((Object) null);
        assertThat(db.query(words, "SELECT f(NULL) FROM range(3)")).containsExactly("");
        assertThat(db.query(words, "SELECT f(x::VARCHAR) FROM range(0) t(x) GROUP BY x"))
                .isEmpty();
    }

    @Test
    void groups_rows_with_nulls_and_filters_are_as_in_sum() throws SQLException {
        db.run("CREATE TABLE t AS SELECT i % 7919 AS k, CASE WHEN i % 3 <> 0 THEN i END AS x FROM range(400000) r(i)");
        assertThat(db.query(total, """
                        SELECT count(*) FROM (
                            SELECT k, f(x) AS ours, sum(x) AS theirs,
                                   f(x) FILTER (x % 2 = 0) AS ours_even, sum(x) FILTER (x % 2 = 0) AS theirs_even,
                                   f(DISTINCT x % 10) AS ours_distinct, sum(DISTINCT x % 10) AS theirs_distinct
                            FROM t GROUP BY k)
                        WHERE ours IS DISTINCT FROM theirs OR ours_even IS DISTINCT FROM theirs_even
                           OR ours_distinct IS DISTINCT FROM theirs_distinct""")).containsExactly(0L);
    }

    @Test
    void the_rows_of_a_group_come_in_the_order_that_is_asked_for() throws SQLException {
        assertThat(db.query(words, "SELECT f(chr(97 + x::INTEGER) ORDER BY x DESC) FROM range(26) t(x)"))
                .containsExactly("zyxwvutsrqponmlkjihgfedcba");
    }

    @Test
    void windows_are_as_in_sum() throws SQLException {
        for (var window : new String[] {
            "ORDER BY x",
            "ORDER BY x ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING",
            "PARTITION BY x % 10 ORDER BY x ROWS BETWEEN 100 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW",
            "PARTITION BY x % 3",
            "ORDER BY x ROWS BETWEEN 10 FOLLOWING AND 20 FOLLOWING"
        }) {
            assertThat(db.query(total, """
                            SELECT count(*) FROM (
                                SELECT f(x) OVER (%s) AS ours, sum(x) OVER (%s) AS theirs FROM range(20000) t(x))
                            WHERE ours IS DISTINCT FROM theirs""".replace("%s", window))).as(window).containsExactly(0L);
        }
    }

    @Test
    void groups_that_do_not_fit_in_memory_are_spilled() throws SQLException {
        db.run("SET memory_limit = '60MB'");
        assertThat(db.query(total, """
                        SELECT count(*) FROM (
                            SELECT k, f(x) AS ours, sum(x) AS theirs
                            FROM (SELECT i % 700000 AS k, i AS x FROM range(1500000) r(i)) GROUP BY k)
                        WHERE ours <> theirs""")).containsExactly(0L);
    }

    @Test
    void an_exception_names_the_function_wherever_it_is_thrown() throws SQLException {
        for (var place : new String[] {"add", "merge", "result"}) {
            var failing = db.compileAggregate("BIGINT", "BIGINT", """
                    public final class Failing {
                        private long n;
                        private static void at(String place) {
                            if (place.equals("%s")) throw new IllegalStateException("in " + place);
                        }
                        public void add(long x) { n++; at("add"); }
                        public void merge(Failing other) { n += other.n; at("merge"); }
                        public long result() { at("result"); return n; }
                    }
                    """.replace("%s", place));
            assertThatThrownBy(() -> db.query(failing, """
                            SELECT f(x) OVER (ORDER BY x ROWS BETWEEN 900 PRECEDING AND 5 FOLLOWING)
                            FROM range(100000) t(x)"""))
                    .as(place)
                    .hasMessageContaining("sluice-function:1:f:IllegalStateException: in " + place);
        }
        assertThat(db.query("SELECT 1")).containsExactly(1);
    }

    @Test
    void no_object_outlives_its_group() throws SQLException {
        try (var bound = db.bind(total)) {
            db.query("SELECT " + bound.sqlName() + "(x) FROM range(300000) t(x) GROUP BY x % 100000");
            db.query("SELECT " + bound.sqlName() + "(x) OVER (ORDER BY x) FROM range(30000) t(x)");
            assertThat(db.groups(bound)).isZero();
        }
    }

    @Test
    void what_does_not_end_is_cancelled() throws Exception {
        var endless = db.compileAggregate("BIGINT", "BIGINT", """
                public final class Endless {
                    public void add(long x) { while (x >= 0) x = x + 2 & 0xFFFF; }
                    public void merge(Endless other) {}
                    public long result() { return 0; }
                }
                """);
        try (var executor = Executors.newSingleThreadExecutor();
                var bound = db.bind(endless)) {
            var running = executor.submit(() -> db.query("SELECT " + bound.sqlName() + "(x) FROM range(5) t(x)"));
            assertThatThrownBy(() -> running.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            bound.cancel();
            assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("The statement was cancelled");
        }
    }
}
