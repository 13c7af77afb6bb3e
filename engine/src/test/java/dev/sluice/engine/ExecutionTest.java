package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ExecutionTest {
    private static final Failure.Cancelled BORED = new Failure.Cancelled(Code.CANCELLED, "The client was bored");
    private static final String ENDLESS = "SELECT sum(a.range * b.range) FROM range(10_000_000) a, range(10_000_000) b";

    @TempDir
    Path root;

    private OpenEngine lake;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test, where a leak of buffers fails it
    void open() {
        lake = new OpenEngine(root, 2, Duration.ofMillis(50));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void a_result_larger_than_memory_streams_through() {
        var rows = 0L;
        var sum = 0L;
        try (var execution =
                lake.start("SELECT range AS a, range * 2 AS b, 'row ' || range AS c FROM range(40_000_000)")) {
            var before = residentBytes();
            while (execution.next()) {
                rows += execution.root().getRowCount();
                sum += (long) execution.root().getVector("a").getObject(0);
            }
            assertThat(residentBytes() - before).isLessThan(256L << 20);
        }
        assertThat(rows).isEqualTo(40_000_000);
        assertThat(sum).isPositive();
    }

    private static long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS,
                "SELECT * FROM range(100_000_000_000)",
                "SELECT range FROM range(10_000) UNION ALL " + ENDLESS,
                "SELECT a.range FROM range(10_000_000) a, range(10_000_000) b WHERE a.range * b.range = -1",
                "SELECT * FROM range(1_000_000_000) ORDER BY range DESC"
            })
    void a_cancel_ends_a_query_wherever_it_is(String sql) throws InterruptedException {
        var cancellation = new Cancellation();
        var cancelledAt = cancelSoon(cancellation);
        assertThatThrownBy(() -> {
                    try (var execution = lake.engine().start(new EngineQuery(sql), cancellation)) {
                        while (execution.next()) {
                            assertThat(execution.root().getRowCount()).isPositive();
                        }
                    }
                })
                .satisfies(e -> assertThat(failure(e)).isEqualTo(BORED));
        assertThat(System.nanoTime() - cancelledAt.get()).isLessThan(TimeUnit.SECONDS.toNanos(3));
    }

    private static AtomicLong cancelSoon(Cancellation cancellation) {
        var cancelledAt = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            pause();
            cancelledAt.set(System.nanoTime());
            cancellation.cancel(BORED);
            cancellation.cancel(new Failure.Cancelled(Code.SHUTTING_DOWN, "Too late"));
        });
        return cancelledAt;
    }

    /** Long enough for the statement to be under way; nothing fails where it is not. */
    private static void pause() {
        try {
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Failure failure(Throwable thrown) {
        return switch (thrown) {
            case EngineFailure e -> e.failure();
            case FailureException e -> e.failure();
            default -> throw new AssertionError("Not a failure", thrown);
        };
    }

    @Test
    void a_cancel_ends_a_query_whose_plan_is_timed() {
        var cancellation = new Cancellation();
        var cancelledAt = cancelSoon(cancellation);
        var query = new EngineQuery("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b");
        assertThatThrownBy(() -> lake.engine().explainAnalyze(query, cancellation))
                .satisfies(e -> assertThat(failure(e)).isEqualTo(BORED));
        assertThat(System.nanoTime() - cancelledAt.get()).isLessThan(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void a_cancelled_statement_does_not_start() {
        var cancellation = new Cancellation();
        cancellation.cancel(BORED);
        assertThatThrownBy(() -> {
                    try (var execution = lake.engine().start(new EngineQuery("SELECT 1"), cancellation)) {
                        execution.next();
                    }
                })
                .satisfies(e -> assertThat(failure(e)).isEqualTo(BORED));
    }

    @Test
    void closing_ends_a_query_that_has_far_to_go() {
        var start = System.nanoTime();
        try (var execution = lake.start("SELECT a.range, b.range FROM range(10_000_000) a, range(10_000_000) b WHERE"
                + " a.range * b.range % 2 = 1")) {
            assertThat(execution.next()).isTrue();
            start = System.nanoTime();
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
        assertThat(lake.rows("SELECT 1")).hasSize(1);
    }

    @Test
    void more_statements_than_may_run_are_turned_away_and_places_are_given_back() {
        try (var first = lake.start("SELECT * FROM range(10_000_000)");
                var second = lake.start("SELECT * FROM range(10_000_000)")) {
            assertThat(first.next() && second.next()).isTrue();
            assertThatThrownBy(() -> lake.rows("SELECT 1"))
                    .satisfies(e -> assertThat(failure(e).code()).isEqualTo(Code.TOO_MANY_STATEMENTS));
        }
        assertThat(lake.rows("SELECT 1")).hasSize(1);
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> lake.rows("SELECT nothing")).isInstanceOf(EngineFailure.class);
        }
        assertThat(lake.rows("SELECT 1")).hasSize(1);
    }

    @Test
    void a_query_that_spills_leaves_no_file() throws IOException {
        var rows = 0L;
        try (var execution =
                lake.start("SELECT range, hash(range) AS h, repeat('x', 80) FROM range(8_000_000) ORDER BY h")) {
            while (execution.next()) {
                rows += execution.root().getRowCount();
            }
        }
        assertThat(rows).isEqualTo(8_000_000);
        try (var left = Files.walk(root.resolve("temp"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isZero();
        }
    }

    @Test
    void what_a_dead_engine_left_is_deleted() throws IOException {
        var other = root.resolve("other");
        var left = Files.createDirectories(other.resolve("temp/duckdb-1")).resolve("duckdb_temp_block-1.block");
        Files.writeString(left, "spilled");
        try (var _ = new OpenEngine(other)) {
            assertThat(left.getParent()).doesNotExist();
        }
    }

    @Test
    void progress_is_told_while_a_query_runs() {
        try (var execution = lake.start("SELECT * FROM range(100_000_000)")) {
            assertThat(execution.next()).isTrue();
            assertThat(execution.progress()).isBetween(-1.0, 100.0);
        }
    }

    @Test
    void many_queries_run_at_once() throws InterruptedException {
        var done = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (var j = 0; j < 30; j++) {
                    done.addAndGet(lake.rows("SELECT * FROM range(3_000)").size());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(done).hasValue(2 * 30 * 3_000);
    }
}
