package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' Java functions. */
@ExtendWith(SluiceExtension.class)
final class FunctionsTest {
    private static String function(String name, String type, String java, String body) {
        return "CREATE FUNCTION " + name + "(x " + type + ") RETURNS " + type + " LANGUAGE JAVA AS $$\n"
                + "public class F { public static " + java + " f(" + java + " x) { " + body + " } }\n$$";
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("BOOLEAN", "boolean", "return !x;", "true", "false"),
                arguments("INTEGER", "int", "return -x;", "2147483647", "-2147483647"),
                arguments("BIGINT", "long", "return -x;", "9223372036854775807", "-9223372036854775807"),
                arguments("REAL", "float", "return x / 2;", "3::REAL", "1.5"),
                arguments("DOUBLE", "double", "return x / 2;", "3e300", "1.5E300"),
                arguments(
                        "DECIMAL(20, 4)",
                        "java.math.BigDecimal",
                        "return x.negate();",
                        "1234567890123456.7891",
                        "-1234567890123456.7891"),
                arguments("TINYINT", "byte", "return (byte) -x;", "127::TINYINT", "-127"),
                arguments("SMALLINT", "short", "return (short) -x;", "32767::SMALLINT", "-32767"),
                arguments("DECIMAL(9, 2)", "@dev.sluice.udf.Unscaled long", "return x * 2;", "12.34", "24.68"),
                arguments(
                        "UUID",
                        "java.util.UUID",
                        "return new java.util.UUID(x.getLeastSignificantBits(), x.getMostSignificantBits());",
                        "'00000000-0000-0001-8000-000000000002'::UUID",
                        "80000000-0000-0002-0000-000000000001"),
                arguments("TIME", "java.time.LocalTime", "return x.plusHours(1);", "TIME '01:02:03'", "02:02:03"),
                arguments("BLOB", "byte[]", "x[0]++; return x;", "'abc'::BLOB", "bbc"),
                arguments("VARCHAR", "String", "return x + x;", "'é€'", "é€é€"),
                arguments("DATE", "java.time.LocalDate", "return x.plusDays(1);", "DATE '2024-02-28'", "2024-02-29"),
                arguments(
                        "TIMESTAMP",
                        "java.time.LocalDateTime",
                        "return x.plusNanos(1000);",
                        "TIMESTAMP '1969-12-31 23:59:59.999999'",
                        "1970-01-01 00:00:00.0"),
                arguments(
                        "TIMESTAMPTZ",
                        "java.time.Instant",
                        "return x.plusSeconds(1);",
                        "TIMESTAMPTZ '2024-02-28 01:02:03+02'",
                        "2024-02-27 23:02:04.0"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_function_takes_and_gives_each_type_and_null(
            String type, String java, String body, String argument, String expected, Lake lake) throws SQLException {
        var name = "of_" + type.replaceAll("\\W", "_").toLowerCase(Locale.ROOT);
        lake.run(function(name, type, java, body));
        assertThat(lake.rows("SELECT " + name + "(" + argument + ")")).containsExactly(expected);
        assertThat(lake.rows("SELECT " + name + "(NULL)")).containsExactly("null");
        assertThat(lake.rows("SELECT count(*), count(" + name + "(v)) FROM (SELECT CASE WHEN range % 3 = 0 THEN "
                        + argument + " END AS v FROM range(9000))"))
                .containsExactly("9000|3000");
    }

    @Test
    void a_function_that_is_called_on_null_decides_itself(Lake lake) throws SQLException {
        lake.run("""
                CREATE FUNCTION or_zero(x BIGINT) RETURNS BIGINT LANGUAGE JAVA CALLED ON NULL INPUT AS $$
                public class F { public static Long f(Long x) { return x == null ? Long.valueOf(0) : x < 0 ? null : x; } }
                $$""");
        assertThat(lake.rows("SELECT or_zero(NULL), or_zero(7), or_zero(-7)")).containsExactly("0|7|null");
    }

    @Test
    void a_function_is_used_anywhere_in_a_query_and_in_writes(Lake lake) throws SQLException {
        lake.run(
                function("plus_one", "BIGINT", "long", "return x + 1;"),
                "CREATE TABLE counted AS SELECT plus_one(range) AS n FROM range(10)",
                "INSERT INTO counted SELECT plus_one(plus_one(100))",
                "UPDATE counted SET n = plus_one(n) WHERE plus_one(n) = 2",
                "DELETE FROM counted WHERE plus_one(n) = 11");
        assertThat(lake.rows("""
                        SELECT plus_one(n) AS m, count(*) FROM counted WHERE plus_one(n) > 3
                        GROUP BY plus_one(n) HAVING max(plus_one(n)) < 200 ORDER BY plus_one(n) DESC LIMIT 2""")).containsExactly("103|1", "10|1");
    }

    @Test
    void a_function_is_replaced_and_dropped(Lake lake) throws SQLException {
        lake.run(function("edition", "BIGINT", "long", "return 1;"));
        assertThatThrownBy(() -> lake.run(function("edition", "BIGINT", "long", "return 2;")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("edition exists already");
        assertThat(lake.rows("SELECT edition(0)")).containsExactly("1");
        lake.run(function("edition", "BIGINT", "long", "return 2;").replace("CREATE", "CREATE OR REPLACE"));
        assertThat(lake.rows("SELECT edition(0)")).containsExactly("2");
        assertThat(lake.rows("SHOW FUNCTIONS")).anyMatch(row -> row.startsWith("public|edition|"));
        assertThat(lake.rows("DESCRIBE FUNCTION edition")).contains("name|public.edition", "language|JAVA");
        lake.run("DROP FUNCTION edition");
        assertThatThrownBy(() -> lake.rows("DESCRIBE FUNCTION edition")).isInstanceOf(SQLException.class);
        lake.run("DROP FUNCTION IF EXISTS edition");
    }

    @Test
    void a_branch_has_its_own_version_of_a_function(Lake lake) throws SQLException {
        lake.run(function("rate", "BIGINT", "long", "return 1;"), "CREATE BRANCH trial", "USE BRANCH trial");
        lake.run(function("rate", "BIGINT", "long", "return 2;").replace("CREATE", "CREATE OR REPLACE"));
        assertThat(lake.rows("SELECT rate(0)")).containsExactly("2");
        lake.run("USE BRANCH main");
        assertThat(lake.rows("SELECT rate(0)")).containsExactly("1");
        lake.run("MERGE BRANCH trial INTO main");
        assertThat(lake.rows("SELECT rate(0)")).containsExactly("2");
    }

    @Test
    void broken_source_has_its_place_in_the_statement(Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.run("""
                        CREATE FUNCTION broken(x BIGINT)
                        RETURNS BIGINT LANGUAGE JAVA AS $$
                        public class F {
                            public static long f(long x) { return x +; }
                        }
                        $$"""))
                .isInstanceOf(SQLException.class)
                .hasMessageEndingWith("illegal start of expression (line 4, column 46)");
        assertThat(lake.rows("SHOW FUNCTIONS")).noneMatch(row -> row.contains("broken"));
    }

    @Test
    void an_exception_inside_is_the_statements_error_and_the_next_call_works(Lake lake) throws SQLException {
        lake.run(function(
                "picky", "BIGINT", "long", "if (x == 5000) throw new IllegalStateException(\"not this\"); return x;"));
        assertThatThrownBy(() -> lake.rows("SELECT sum(picky(range)) FROM range(100000)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("IllegalStateException: not this");
        assertThatThrownBy(() -> lake.run("CREATE TABLE never AS SELECT picky(range) AS p FROM range(100000)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("IllegalStateException: not this");
        assertThat(lake.rows("SELECT picky(7)")).containsExactly("7");
    }

    @Test
    void an_endless_recursion_is_an_error_and_the_server_goes_on(Lake lake) throws SQLException {
        lake.run(function("deep", "BIGINT", "long", "return f(x) + 1;"));
        assertThatThrownBy(() -> lake.rows("SELECT deep(1)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("StackOverflowError");
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(1); return x;",
                "Runtime.getRuntime().halt(1); return x;",
                "new Thread().start(); return x;",
                "return new java.io.File(\"/etc/passwd\").length();",
                "return Class.forName(\"java.lang.System\").hashCode();",
                "return x + ProcessHandle.current().pid();",
                "return System.getenv().size();",
                "return dev.sluice.server.SluiceServer.version().length();"
            })
    void forbidden_code_is_refused_when_the_function_is_made(String body, Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.run(
                        function("evil", "BIGINT", "long", "try { " + body + " } catch (Exception e) { return 0; }")))
                .isInstanceOf(SQLException.class);
        assertThat(lake.rows("SHOW FUNCTIONS")).noneMatch(row -> row.contains("evil"));
    }

    @Test
    void forbidden_code_has_its_place_in_the_statement(Lake lake) {
        assertThatThrownBy(() -> lake.run("""
                        CREATE FUNCTION leave(x BIGINT)
                        RETURNS BIGINT LANGUAGE JAVA AS $$
                        public class A { public static long f(long x) {
                            System.exit(1);
                            return x;
                        } }
                        $$""")).isInstanceOf(SQLException.class).hasMessageContaining("(line 4");
    }

    @Test
    void a_name_of_duckdbs_own_is_refused(Lake lake) {
        assertThatThrownBy(() -> lake.run(function("version", "BIGINT", "long", "return 1;")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Function version is one of DuckDB's own");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("HANDLER 'F.none'", "long f(long x) { return x; }", "F.none"),
                arguments("HANDLER 'None.f'", "long f(long x) { return x; }", "None.f"),
                arguments("", "String f(String x) { return x; }", "Parameter 'x' of function 'wrong' is BIGINT"),
                arguments("", "String f(long x) { return null; }", "String"),
                arguments("", "long f() { return 1; }", "wrong"),
                arguments("", "long f(long x) { return com.acme.Nothing.of(x); }", "package com.acme does not exist"),
                arguments("", "long f(long x) { return Missing.of(x); }", "Missing"),
                arguments("PACKAGES ('a:b')", "long f(long x) { return x; }", "Package 'a:b' is not"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_function_that_cannot_be_called_is_refused_when_it_is_made(
            String clause, String method, String expected, Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE FUNCTION wrong(x BIGINT) RETURNS BIGINT LANGUAGE JAVA " + clause
                        + " AS $$ public class F { public static " + method + " } $$"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(expected);
    }
}
