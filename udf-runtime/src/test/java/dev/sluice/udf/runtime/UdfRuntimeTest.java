package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.ArrayVectors.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UdfRuntimeTest {
    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(100, 1L << 30), Functions.NO_JARS);
    private final ArrayVectors vectors = new ArrayVectors();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void a_method_is_called_for_each_row() throws Throwable {
        var twice = runtime.compile(Functions.of("twice", "BIGINT", "BIGINT", """
                public class Numbers {
                    public static long twice(long x) { return 2 * x; }
                }
                """));
        assertThat(vectors.call(twice, row(1L), row(2L), row(-3L))).containsExactly(2L, 4L, -6L);
    }

    @Test
    void a_null_argument_gives_null_without_a_call() throws Throwable {
        var sum = runtime.compile(Functions.of("sum", "BIGINT INTEGER", "BIGINT", """
                class Sum {
                    public static long sum(long x, int y) { return x + y; }
                }
                """));
        assertThat(vectors.call(sum, row(1L, 2), row(null, 2), row(1L, null), row(null, null)))
                .containsExactly(3L, null, null, null);
    }

    @Test
    void methods_need_no_class_around_them() throws Throwable {
        var area = runtime.compile(Functions.of("area", "DOUBLE", "DOUBLE", """
                import static java.lang.Math.PI;

                record Circle(double radius) {}

                public static double area(double radius) {
                    return square(new Circle(radius)) * PI;
                }

                static double square(Circle circle) {
                    return circle.radius() * circle.radius();
                }
                """));
        assertThat(vectors.call(area, row(1.0))).containsExactly(Math.PI);
    }

    @Test
    void equal_sources_are_one_function_while_it_is_kept() {
        var source = Functions.of("f", "BIGINT", "BIGINT", "public static long f(long x) { return x; }");
        var same = Functions.of("f", "BIGINT", "BIGINT", "public static long f(long x) { return x; }");
        var other = Functions.of("f", "BIGINT", "BIGINT", "public static long f(long x) { return -x; }");
        assertThat(runtime.compile(source)).isSameAs(runtime.compile(same));
        assertThat(runtime.compile(source).digest())
                .isNotEqualTo(runtime.compile(other).digest());
    }

    @Test
    void bodies_with_the_same_class_name_do_not_meet() throws Throwable {
        for (var i = 0; i < 50; i++) {
            var body = "class F { static final long N = " + i + "; public static long f(long x) { return x + G.n(); } }"
                    + "class G { static long n" + i + "() { return F.N; } static long n() { return n" + i + "(); } }";
            var function = runtime.compile(Functions.of("f", "BIGINT", "BIGINT", body));
            assertThat(vectors.call(function, row(1000L))).containsExactly(1000L + i);
        }
    }

    @Test
    void the_classes_of_functions_that_nobody_uses_are_collected() throws Throwable {
        var collected = new ReferenceQueue<ClassLoader>();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        try (var keepsNone = UdfRuntime.open(new UdfConfig(0, 1L << 30), Functions.NO_JARS)) {
            for (var i = 0; i < 50; i++) {
                var body = "public static long f(long x) { return x + " + i + "; }";
                var function = keepsNone.compile(Functions.of("f", "BIGINT", "BIGINT", body));
                assertThat(new ArrayVectors().call(function, row(1L))).containsExactly(1L + i);
                loaders.add(new WeakReference<>(function.loader(), collected));
            }
        }
        var left = loaders.size();
        for (var attempt = 0; attempt < 200 && left > 0; attempt++) {
            System.gc();
            while (collected.remove(20) != null) {
                left--;
            }
        }
        assertThat(left).isZero();
    }

    @Test
    void a_function_sees_nothing_of_the_server() {
        var function =
                runtime.compile(Functions.of("f", "BIGINT", "BIGINT", "public static long f(long x) { return x; }"));
        for (var name : List.of(
                "dev.sluice.core.Scope",
                "dev.sluice.udf.runtime.UdfRuntime",
                "org.apache.arrow.vector.IntVector",
                "com.github.benmanes.caffeine.cache.Cache",
                "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe",
                "java.sql.DriverManager",
                "java.net.http.HttpClient",
                "javax.naming.InitialContext")) {
            assertThatThrownBy(() -> function.loader().loadClass(name)).isInstanceOf(ClassNotFoundException.class);
        }
        assertThat(function.loader().getResource("dev/sluice/core/Scope.class")).isNull();
    }

    @Test
    void a_message_tells_what_happened_and_where_in_the_body() throws Throwable {
        var failing = runtime.compile(Functions.of("f", "VARCHAR", "BIGINT", """
                class F {
                    static final class Odd extends RuntimeException {
                        @Override public String getMessage() { throw new IllegalStateException(); }
                    }
                    public static long f(String s) {
                        if (s.isEmpty()) {
                            throw new Odd();
                        }
                        return Long.parseLong(s);
                    }
                }
                """));
        var run = failing.run(vectors);
        assertThat(run.describe(catchThrowable(() -> vectors.call(run, row("x")))))
                .isEqualTo("NumberFormatException: For input string: \"x\"\n  at F.f(f.java:9)");
        assertThat(run.describe(catchThrowable(() -> vectors.call(run, row("")))))
                .isEqualTo("Odd: its message failed with IllegalStateException\n  at F.f(f.java:7)");
    }

    @Test
    void a_failure_of_a_static_initialiser_is_told_by_its_cause() throws Throwable {
        var failing = runtime.compile(Functions.of("f", "BIGINT", "BIGINT", """
                class F {
                    static final long ZERO = 0;
                    static final long BROKEN = 1 / Long.signum(ZERO);
                    public static long f(long x) { return BROKEN; }
                }
                """));
        var run = failing.run(vectors);
        assertThat(run.describe(catchThrowable(() -> vectors.call(run, row(1L)))))
                .isEqualTo("ArithmeticException: / by zero\n  at F.<clinit>(f.java:3)");
    }

    @Test
    @Timeout(60)
    void cancelling_ends_one_run_and_leaves_the_others() throws Throwable {
        var source = Functions.of("f", "BIGINT", "BIGINT", """
                class F {
                    public static long f(long x) {
                        while (x < 0) {
                            try {
                                while (x < 0) { x |= 1L << 63; }
                            } catch (Throwable t) {
                                x = -1;
                            }
                        }
                        return x;
                    }
                }
                """);
        var function = runtime.compile(source);
        var endless = function.run(vectors);
        var otherVectors = new ArrayVectors();
        var other = function.run(otherVectors);
        var thrown = new CompletableFuture<Throwable>();
        var thread =
                Thread.ofPlatform().start(() -> thrown.complete(catchThrowable(() -> vectors.call(endless, row(-1L)))));
        endless.cancel();
        assertThat(endless.describe(thrown.join())).isEqualTo("The statement was cancelled");
        thread.join();
        assertThat(otherVectors.call(other, row(7L))).containsExactly(7L);
        assertThat(runtime.compile(source)).isNotSameAs(function);
    }

    @Test
    void a_record_may_change_its_components_from_one_version_to_the_next() throws Throwable {
        for (var component : List.of("long a", "long a, String b", "String b", "double a")) {
            var size = runtime.compile(Functions.of("f", "", "BIGINT", """
                    public class F {
                        record Point(COMPONENT) {}
                        public static long f() { return Point.class.getName().length(); }
                    }
                    """.replace("COMPONENT", component)));
            assertThat(new ArrayVectors().call(size, row())).containsExactly(7L);
        }
    }
}
