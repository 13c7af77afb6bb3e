package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.udf.runtime.UdfFunction;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionBinderTest {
    private final FunctionsInDuckDb db = new FunctionsInDuckDb();

    FunctionBinderTest() throws SQLException {}

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void a_function_runs_in_sql() throws SQLException {
        var twice = db.compile("BIGINT", "BIGINT", "public static long twice(long x) { return 2 * x; }");
        assertThat(db.query(twice, "SELECT f(x) FROM range(3) t(x)")).containsExactly(0L, 2L, 4L);
    }

    @Test
    void a_million_rows_run_on_all_threads() throws SQLException {
        var mix = db.compile("BIGINT", "BIGINT", "public static long mix(long x) { return x * 31 + 7; }");
        db.run("CREATE TABLE t AS SELECT CASE WHEN i % 7 <> 0 THEN i END AS x FROM range(1000000) r(i)");
        assertThat(db.query(mix, "SELECT count(*) FROM t WHERE f(x) IS DISTINCT FROM x * 31 + 7"))
                .containsExactly(0L);
    }

    @Test
    void two_versions_of_a_function_run_in_one_statement() throws SQLException {
        var old = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return x + 1; }");
        var changed = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return x + 2; }");
        try (var first = db.bind(old);
                var second = db.bind(changed)) {
            assertThat(db.query(
                            "SELECT " + first.sqlName() + "(x) * 100 + " + second.sqlName() + "(x) FROM range(2) t(x)"))
                    .containsExactly(102L, 203L);
        }
    }

    @Test
    void a_name_is_used_again_once_its_statement_has_ended() {
        var f = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return x; }");
        var g = db.compile("BIGINT", "BIGINT", "public static long g(long x) { return -x; }");
        var names = new ArrayList<String>();
        for (var function : List.of(f, g, f)) {
            try (var bound = db.bind(function)) {
                names.add(bound.sqlName());
            }
        }
        assertThat(names).containsOnly(names.getFirst());
    }

    @Test
    void a_name_whose_statement_has_ended_says_so() throws SQLException {
        var f = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return x; }");
        String name;
        try (var bound = db.bind(f)) {
            name = bound.sqlName();
        }
        assertThatThrownBy(() -> db.query("SELECT " + name + "(1)")).hasMessageContaining("has ended");
    }

    @Test
    void a_deterministic_call_with_constants_is_folded_and_a_volatile_one_is_not() throws SQLException {
        var body = "static long calls = 0; public static long count() { return ++calls; }";
        assertThat(db.query(db.compile("", "BIGINT", body), "SELECT DISTINCT f() FROM range(5000)"))
                .hasSize(1);
        assertThat(db.query(db.compileVolatile("", "BIGINT", body), "SELECT count(DISTINCT f()) FROM range(5000)"))
                .containsExactly(5000L);
    }

    @Test
    void an_exception_while_a_call_is_folded_reads_like_any_other() {
        var failing = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return 1 / (x - 5); }");
        assertThatThrownBy(() -> db.query(failing, "SELECT f(5)")).isInstanceOfSatisfying(SQLException.class, e -> {
            var failure =
                    FunctionErrors.failureIn(String.valueOf(e.getMessage())).orElseThrow();
            assertThat(failure.message()).isEqualTo("ArithmeticException: / by zero\n  at f.f(f.java:1)");
        });
    }

    @Test
    void functions_that_nobody_uses_are_collected() throws Exception {
        var used = new ArrayList<WeakReference<UdfFunction>>();
        for (var i = 0; i < 300; i++) {
            var function = db.compile("BIGINT", "BIGINT", "public static long f(long x) { return x + " + i + "; }");
            used.add(new WeakReference<>(function));
            assertThat(db.query(function, "SELECT f(x) FROM range(1) t(x)")).containsExactly((long) i);
        }
        for (var attempt = 0; attempt < 100 && alive(used) > FunctionsInDuckDb.KEPT; attempt++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(alive(used)).isLessThanOrEqualTo(FunctionsInDuckDb.KEPT);
    }

    private static long alive(List<WeakReference<UdfFunction>> functions) {
        return functions.stream().filter(f -> f.get() != null).count();
    }

    @Test
    void an_exception_names_the_function_and_the_line_of_its_body() {
        var failing = db.compile("BIGINT", "BIGINT", """
                public class Halves {
                    public static long half(long x) {
                        if (x == 4000) {
                            throw new IllegalArgumentException("not " + x);
                        }
                        return x / 2;
                    }
                }
                """);
        assertThatThrownBy(() -> db.query(failing, "SELECT sum(f(x)) FROM range(10000) t(x)"))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    var failure = FunctionErrors.failureIn(String.valueOf(e.getMessage()))
                            .orElseThrow();
                    assertThat(failure.function()).isEqualTo("f");
                    assertThat(failure.message())
                            .isEqualTo("IllegalArgumentException: not 4000\n  at Halves.half(f.java:4)");
                });
    }

    @Test
    void an_endless_recursion_ends_the_statement_alone() throws SQLException {
        var endless = db.compile("BIGINT", "BIGINT", "public static long deep(long x) { return 1 + deep(x + 1); }");
        assertThatThrownBy(() -> db.query(endless, "SELECT sum(f(x)) FROM range(10000) t(x)"))
                .hasMessageContaining("StackOverflowError");
        assertThat(db.query("SELECT 1")).containsExactly(1);
    }

    @Test
    void memory_that_is_not_there_ends_the_statement_alone() throws SQLException {
        var greedy = db.compile("INTEGER", "INTEGER", "public static int f(int x) { return new long[x].length; }");
        assertThatThrownBy(() -> db.query(greedy, "SELECT f(2147483647)")).hasMessageContaining("OutOfMemoryError");
        assertThat(db.query(greedy, "SELECT f(7)")).containsExactly(7);
    }

    @Test
    void an_endless_loop_is_cancelled_in_its_statement_alone() throws Exception {
        var loop = db.compile("BIGINT", "BIGINT", """
                public static long spin(long x) {
                    while (x > 0) {
                        try {
                            x = x + 2 | 1;
                        } catch (Throwable t) {
                            x = 1;
                        }
                    }
                    return x;
                }
                """);
        try (var executor = Executors.newSingleThreadExecutor();
                var cancelled = db.bind(loop);
                var other = db.bind(loop)) {
            var running =
                    executor.submit(() -> db.query("SELECT " + cancelled.sqlName() + "(x) FROM range(1, 5) t(x)"));
            assertThatThrownBy(() -> running.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            cancelled.cancel();
            assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("The statement was cancelled");
            assertThat(db.query("SELECT " + other.sqlName() + "(x) FROM range(-3, 0) t(x)"))
                    .containsExactly(-3L, -2L, -1L);
        }
    }
}
