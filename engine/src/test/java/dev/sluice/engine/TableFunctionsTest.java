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

/** Functions in FROM. */
@Timeout(120)
class TableFunctionsTest {
    private static final String SERIES = """
            import java.util.stream.LongStream;
            import java.util.stream.Stream;

            public final class Series {
                public record Row(Long square, long i, String name) {}

                public static Stream<Row> series(long n) {
                    return LongStream.range(0, n).mapToObj(i -> new Row(i % 2 == 0 ? null : i * i, i, "row " + i));
                }
            }
            """;

    private final FunctionsInDuckDb db = new FunctionsInDuckDb();
    private final UdfFunction series = db.compileTable("BIGINT", "i:BIGINT square:BIGINT name:VARCHAR", SERIES);

    TableFunctionsTest() throws SQLException {}

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void its_rows_are_read_as_a_table() throws SQLException {
        assertThat(db.query(series, "SELECT t::VARCHAR FROM f(3) t"))
                .containsExactly(
                        "{'i': 0, 'square': NULL, 'name': row 0}",
                        "{'i': 1, 'square': 1, 'name': row 1}",
                        "{'i': 2, 'square': NULL, 'name': row 2}");
        assertThat(db.query(series, "SELECT sum(square) FROM f(100000)").toString())
                .isEqualTo(db.query("SELECT sum(i * i) FROM range(100000) t(i) WHERE i % 2 = 1")
                        .toString());
        assertThat(db.query(series, "SELECT name FROM f(9) WHERE square = 25")).containsExactly("row 5");
        assertThat(db.query(series, "SELECT count(*) FROM f(5000)")).containsExactly(5000L);
        assertThat(db.query(series, "SELECT i FROM f(0)")).isEmpty();
        assertThat(db.query(series, "SELECT i FROM f(NULL)")).isEmpty();
        assertThat(db.query(series, "SELECT a.i + b.i FROM f(2) a, f(2) b ORDER BY ALL"))
                .containsExactly(0L, 1L, 1L, 2L);
    }

    @Test
    void a_limit_ends_rows_without_end_and_closes_them() throws SQLException {
        var endless = db.compileTable("", "i:BIGINT", """
                import java.util.stream.Stream;
                public final class Endless {
                    static long closed;
                    public static Stream<Long> all() {
                        return Stream.iterate(closed, i -> i + 1).onClose(() -> closed += 1000);
                    }
                }
                """);
        assertThat(db.query(endless, "SELECT i FROM f() LIMIT 3")).containsExactly(0L, 1L, 2L);
        assertThat(db.query(endless, "SELECT i FROM f() LIMIT 1")).containsExactly(1000L);
    }

    @Test
    void an_iterator_and_an_iterable_are_rows_as_well() throws SQLException {
        for (var rows : new String[] {
            "Iterator<String> f(int n) { return names.iterator();", "Iterable<String> f(int n) { return names;"
        }) {
            var names = db.compileTable("INTEGER", "name:VARCHAR", """
                    import java.util.*;
                    public final class Names {
                        private static final List<String> names = List.of("a", "b");
                        public static %s }
                    }
                    """.replace("%s", rows));
            assertThat(db.query(names, "SELECT name FROM f(1)")).containsExactly("a", "b");
        }
    }

    @Test
    void an_exception_names_the_function_wherever_it_is_thrown() throws SQLException {
        var failing = db.compileTable("BIGINT", "i:BIGINT", """
                import java.util.stream.LongStream;
                import java.util.stream.Stream;
                public final class Failing {
                    public static Stream<Long> rows(long at) {
                        if (at < 0) throw new IllegalArgumentException("negative");
                        return LongStream.range(0, 10000).mapToObj(i -> {
                            if (i == at) throw new IllegalStateException("at " + at);
                            return i;
                        });
                    }
                }
                """);
        assertThatThrownBy(() -> db.query(failing, "SELECT sum(i) FROM f(-1)"))
                .hasMessageContaining("sluice-function:1:f:IllegalArgumentException: negative");
        assertThatThrownBy(() -> db.query(failing, "SELECT sum(i) FROM f(7000)"))
                .hasMessageContaining("sluice-function:1:f:IllegalStateException: at 7000");
        assertThat(db.query(failing, "SELECT sum(i)::BIGINT FROM f(10000)")).containsExactly(49995000L);
    }

    @Test
    void what_does_not_end_is_cancelled() throws Exception {
        var endless = db.compileTable("", "i:BIGINT", """
                import java.util.stream.Stream;
                public final class Endless {
                    public static Stream<Long> all() { return Stream.iterate(0L, i -> i + 1).filter(i -> i < 0); }
                }
                """);
        try (var executor = Executors.newSingleThreadExecutor();
                var bound = db.bind(endless)) {
            var running = executor.submit(() -> db.query("SELECT i FROM " + bound.sqlName() + "()"));
            assertThatThrownBy(() -> running.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            bound.cancel();
            assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("The statement was cancelled");
        }
    }
}
