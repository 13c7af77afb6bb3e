package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.ArrayVectors.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdfRuntimeTest {
    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(100));
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
}
