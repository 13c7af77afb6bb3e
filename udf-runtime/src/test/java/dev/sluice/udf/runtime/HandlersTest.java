package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.ArrayVectors.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a body's methods is called. */
class HandlersTest {
    private static final String TWO = """
            package tools;
            import dev.sluice.udf.Udf;
            public class Numbers {
                public static long one(long x) { return 1; }
                public static long two(long x) { return 2; }
            }
            """;

    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(10, 1L << 30), Functions.NO_JARS);

    @AfterEach
    void close() {
        runtime.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "Numbers.two", "tools.Numbers.two"})
    void a_handler_names_it(String handler) throws Throwable {
        assertCallsTwo(Functions.withHandler(source("f", TWO), handler));
    }

    @Test
    void a_mark_names_it() throws Throwable {
        assertCallsTwo(source("f", TWO.replace("public static long two", "@Udf public static long two")));
    }

    @Test
    void the_functions_name_names_it_in_any_case() throws Throwable {
        assertCallsTwo(source("TWO", TWO));
    }

    @Test
    void an_overload_is_chosen_by_its_types() throws Throwable {
        assertCallsTwo(source("f", """
                class F {
                    public static String f(String x) { return x; }
                    public static long f(long x) { return 2; }
                    public static long f(long x, long y) { return 3; }
                }
                """));
    }

    @Test
    void methods_of_nested_classes_and_private_ones_do_not_count() throws Throwable {
        assertCallsTwo(source("f", """
                class F {
                    static class G { public static long g(long x) { return 1; } }
                    private static long h(long x) { return 1; }
                    public long i(long x) { return 1; }
                    public static long j(long x) { return 2; }
                }
                """));
    }

    private void assertCallsTwo(UdfSource source) throws Throwable {
        assertThat(new ArrayVectors().call(runtime.compile(source), row(0L))).containsExactly(2L);
    }

    private static UdfSource source(String name, String body) {
        return Functions.of(name, "BIGINT", "BIGINT", body);
    }
}
