package dev.sluice.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each mistake of an author gives one message that says where and what. */
class BrokenFunctionsTest {
    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(10, 1L << 30), Functions.NO_JARS);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void a_syntax_error_is_where_it_is() {
        assertFails(longToLong("""
                class F {
                \tpublic static long f(long x) { return x + ; }
                }
                """), "illegal start of expression", 2, 44);
    }

    @Test
    void a_class_that_is_missing_is_named() {
        assertFails(
                longToLong("""
                class F {
                    public static long f(long x) { return Missing.twice(x); }
                    public static long g(long x) { return Missing.twice(x); }
                }
                """), "cannot find symbol, symbol: variable Missing, location: class F (and 1 more)", 2, 43);
    }

    @Test
    void classes_of_the_server_are_missing_too() {
        assertFails(
                longToLong(
                        "class F { public static long f(long x) { return dev.sluice.core.Scope.open().hashCode(); } }"),
                "package dev.sluice.core does not exist",
                1,
                64);
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        var body = "class F { public static long f(long x) { return x; } /* " + "x".repeat(1_000_000) + " */ }";
        assertThat(failure(longToLong(body)).message())
                .isEqualTo("The body has 1000061 characters, and a function may have 1000000");
    }

    @Test
    void an_error_in_a_body_without_a_class_is_where_it_is() {
        assertFails(
                longToLong("\npublic static long f(long x) {\n    return y;\n}"),
                "cannot find symbol, symbol: variable y, location: class f",
                3,
                12);
    }

    @Test
    void a_body_without_a_method_says_so() {
        assertFails(
                longToLong("class F { static long f(long x) { return x; } }"),
                "The body of function 'f' has no public static method");
        assertFails(longToLong(""), "The body of function 'f' has no public static method");
    }

    @Test
    void several_methods_are_listed() {
        assertFails(
                longToLong("""
                class F {
                    public static long g(long x) { return x; }
                    public static long h(long x) { return x; }
                }
                """),
                "The body of function 'f' has several methods to call; name one with HANDLER: there are F.g(long), F.h(long)",
                2,
                5);
    }

    @Test
    void a_handler_that_is_missing_says_what_there_is() {
        assertFails(
                Functions.withHandler(longToLong("class F { public static long g(long x) { return x; } }"), "F.f"),
                "Handler 'F.f' of function 'f' is no public static method of the body; there are F.g(long)");
    }

    @Test
    void a_wrong_number_of_parameters_is_told() {
        assertFails(
                longToLong("class F {\n  public static long f(long x, long y) { return x; } }"),
                "Function 'f' declares 1 parameter, but method F.f(long, long) takes 2",
                2,
                3);
    }

    @Test
    void a_parameter_of_the_wrong_type_is_told() {
        assertFails(
                Functions.of(
                        "f",
                        "BIGINT VARCHAR",
                        "BIGINT",
                        "class F { public static long f(long x, StringBuilder s) { return x; } }"),
                "Parameter 'p2' of function 'f' is VARCHAR, which is String in Java, not StringBuilder (in method F.f(long, StringBuilder))",
                1,
                11);
        assertFails(
                longToLong("class F { public static long f(int x) { return x; } }"),
                "Parameter 'p1' of function 'f' is BIGINT, which is long or Long in Java, not int (in method F.f(int))",
                1,
                11);
    }

    @Test
    void a_result_of_the_wrong_type_is_told() {
        assertFails(
                longToLong("class F { public static double f(long x) { return x; } }"),
                "Function 'f' returns BIGINT, which is long or Long in Java, not double (in method F.f(long))",
                1,
                11);
    }

    @Test
    void a_primitive_cannot_be_called_on_null() {
        assertFails(
                Functions.calledOnNull(longToLong("class F { public static long f(long x) { return x; } }")),
                "Function 'f' is called on null input, but parameter 'p1' of method F.f(long) is long, which cannot be null: use long or Long",
                1,
                11);
    }

    @Test
    void a_type_that_functions_do_not_know_is_told() {
        assertFails(
                Functions.of("f", "NULL", "BIGINT", "class F { public static long f(Object x) { return 0; } }"),
                "Parameter 'p1' of function 'f' is Null, which Java functions do not take or give (in method F.f(Object))",
                1,
                11);
    }

    @Test
    void a_body_that_is_too_deep_for_the_compiler_is_refused_and_the_next_one_compiles() {
        var deep = "(".repeat(50_000) + "x" + ")".repeat(50_000);
        assertThat(failure(longToLong("class F { public static long f(long x) { return " + deep + "; } }"))
                        .message())
                .startsWith("The compiler gave up on this body");
        assertThat(runtime.compile(longToLong("class F { public static long f(long x) { return x; } }")))
                .isNotNull();
    }

    private static UdfSource longToLong(String body) {
        return Functions.of("f", "BIGINT", "BIGINT", body);
    }

    private Failure failure(UdfSource source) {
        return catchThrowableOfType(FailureException.class, () -> runtime.compile(source))
                .failure();
    }

    private void assertFails(UdfSource source, String message, int line, int column) {
        assertFails(source, message);
        assertThat(failure(source).position()).contains(new Position(line, column));
    }

    private void assertFails(UdfSource source, String message) {
        var failure = failure(source);
        assertThat(failure.code()).isEqualTo(Code.INVALID_FUNCTION);
        assertThat(failure.message()).isEqualTo(message);
    }
}
