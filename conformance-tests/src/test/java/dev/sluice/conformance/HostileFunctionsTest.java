package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Functions that name nothing forbidden, and mean no good: each ends as the page on functions says, and other sessions
 * are answered all the while. What is refused by its names is in the tests of the function runtime.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileFunctionsTest {
    private static final String STOPPED = "and was stopped";

    private Lake lake;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<Throwable> unanswered = new AtomicReference<>();
    private Thread others;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    void open(@TempDir Path data) throws SQLException {
        lake = Lake.open(data, Map.of("functions.allocation-limit", "128MB", "functions.process-memory", "64MB"));
        others = Thread.ofPlatform().start(this::askOnAndOn);
    }

    private void askOnAndOn() {
        try (var connection = lake.connect("")) {
            while (!Thread.currentThread().isInterrupted()) {
                assertThat(Lake.rows(connection, "SELECT 42")).containsExactly("42");
                answered.incrementAndGet();
            }
        } catch (SQLException | RuntimeException | AssertionError e) {
            unanswered.set(e);
        }
    }

    @AfterAll
    void close() throws Exception {
        others.interrupt();
        others.join();
        lake.close();
    }

    private void assertContained(String limits, String code, String expected) throws SQLException {
        var before = answered.get();
        lake.run("CREATE OR REPLACE FUNCTION hostile(x BIGINT) RETURNS BIGINT LANGUAGE JAVA HANDLER 'F.f' " + limits
                + " AS $$ class F { " + code + " } $$");
        assertThatThrownBy(() -> lake.rows("SELECT hostile(i) FROM range(3) t(i)"))
                .hasMessageContaining("hostile")
                .hasMessageContaining(expected);
        assertThat(unanswered.get()).isNull();
        assertThat(answered.get()).isGreaterThan(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "public static long f(long x) { while (true) { x++; } }",
                "public static long f(long x) { for (;;) {} }",
                "public static long f(long x) { do { x = -x; } while (x == x); return x; }",
                "public static long f(long x) { out: while (true) { while (true) { continue out; } } }",
                "public static long f(long x) { while (true) { try { while (true) {} } catch (Throwable t) {} } }",
                "public static long f(long x) { try { while (true) {} } finally { while (true) {} } }",
                "public static long f(long x) { java.util.stream.Stream.iterate(1L, i -> i + 1).forEach(i -> {}); return x; }",
                "public static long f(long x) { return java.util.stream.LongStream.generate(() -> 1).sum(); }",
                "static final long N; static { long n = 0; while (n == 0) { n = n * 2; } N = n; } public static long f(long x) { return N; }",
                "enum E { A; E() { while (true) {} } } public static long f(long x) { return E.A.ordinal(); }",
                "record K(long x) { public int hashCode() { while (true) {} } } public static long f(long x) { return new java.util.HashSet<>(java.util.List.of(new K(x))).size(); }",
                "public static long f(long x) { return java.util.stream.Stream.of(3, 1, 2).sorted((a, b) -> { while (true) {} }).toList().size(); }",
                "public static long f(long x) { return new Object() { long g() { while (true) {} } }.g(); }",
                "static class L implements java.util.Iterator<Long> { public boolean hasNext() { return true; } public Long next() { return 1L; } } public static long f(long x) { new L().forEachRemaining(i -> {}); return x; }",
                "interface I { default long g() { while (true) {} } } public static long f(long x) { return new I() {}.g(); }",
                "public static long f(long x) { var q = new java.util.ArrayDeque<Long>(); q.add(x); while (!q.isEmpty()) { q.add(q.poll()); } return x; }",
                "public static long f(long x) { throw new RuntimeException() { public String getMessage() { while (true) {} } }; }",
            })
    void what_never_ends_is_stopped(String code) throws SQLException {
        assertContained("TIMEOUT '400ms'", code, STOPPED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "public static long f(long x) { return f(x + 1) + 1; } | StackOverflowError",
                "public static long f(long x) { return g(x) + 1; } static long g(long x) { return f(x) + 1; } | StackOverflowError",
                "record R(Object o) {} public static long f(long x) { var a = new Object[1]; a[0] = java.util.Arrays.asList(a); return java.util.Arrays.deepHashCode(new Object[] {new R(a[0]), loop(null)}); } static Object loop(Object o) { return loop(o) == o ? o : 1; } | StackOverflowError",
                "public static long f(long x) { return new long[Integer.MAX_VALUE].length; } | OutOfMemoryError",
                "public static long f(long x) { var all = new java.util.ArrayList<byte[]>(); while (true) { all.add(new byte[1 << 20]); } } | It allocated more than",
                "public static long f(long x) { var all = new java.util.HashMap<Long, String>(); while (true) { all.put(x, all.size() + \"-\" + x++); } } | It allocated more than",
                "public static long f(long x) { var s = new StringBuilder(\"x\"); while (true) { s.append(s); } } | hostile",
                "public static long f(long x) { var s = \"x\"; while (true) { s = s + s + s.length(); } } | hostile",
                "public static long f(long x) { return grow(new java.util.ArrayList<>()); } static long grow(java.util.List<Object> l) { while (true) { l = new java.util.ArrayList<>(java.util.Collections.nCopies(1 << 16, l)); } } | It allocated more than",
                "public static long f(long x) { throw new OutOfMemoryError(\"mine\"); } | OutOfMemoryError: mine",
                "public static long f(long x) throws Exception { throw new java.io.IOException(\"checked\"); } | IOException: checked",
                "public static long f(long x) { throw new StackOverflowError(); } | StackOverflowError",
                "static { if (true) throw new RuntimeException(\"born dead\"); } public static long f(long x) { return x; } | born dead",
                "static class B extends RuntimeException { public String getMessage() { throw this; } } public static long f(long x) { throw new B(); } | its message failed",
                "static class B extends RuntimeException { public String getMessage() { return \"m\".repeat(1 << 24); } } public static long f(long x) { throw new B(); } | mmmm",
                "public static long f(long x) { Object o = java.util.List.of(); return ((Long) o); } | ClassCastException",
            })
    void what_breaks_is_an_error_of_its_statement(String code, String expected) throws SQLException {
        assertContained("TIMEOUT '20s'", code, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "public static long f(long x) { return (\"a\".repeat(24) + \"b\".repeat(2000)).matches(\"(.*a){25}\") ? 1 : 0; }",
                "public static long f(long x) { return (\"a\".repeat(60) + '!').matches(\"(a*)*(a*)*(a*)*b\") ? 1 : 0; }",
                "public static long f(long x) { return java.math.BigInteger.TWO.shiftLeft(40_000_000).pow(12).bitLength(); }",
                "public static long f(long x) { return java.util.stream.LongStream.iterate(0, Math::negateExact).max().getAsLong(); }",
                "public static long f(long x) { return java.util.stream.LongStream.range(0, Long.MAX_VALUE).boxed().count() + java.util.stream.LongStream.range(0, Long.MAX_VALUE).map(Math::absExact).filter(Long.valueOf(7)::equals).sum(); }",
                "public static long f(long x) { var l = java.util.Collections.nCopies(Integer.MAX_VALUE, \"x\"); return java.util.Collections.frequency(l, \"y\") + l.hashCode() + java.util.Collections.frequency(l, \"z\") + java.util.Collections.frequency(l, \"q\"); }",
                "public static long f(long x) { while (true) { x++; } }",
                "static { int n = 0; while (n == 0) { n *= 2; } } public static long f(long x) { return x; }",
            })
    void what_never_ends_within_the_jdk_is_killed_in_its_process(String code) throws SQLException {
        assertContained("ISOLATION PROCESS TIMEOUT '400ms'", code, STOPPED);
    }
}
