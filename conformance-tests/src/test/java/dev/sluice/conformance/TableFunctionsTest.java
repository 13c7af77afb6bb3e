package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users' functions in FROM. */
@ExtendWith(SluiceExtension.class)
final class TableFunctionsTest {
    @BeforeAll
    static void series(Lake lake) throws SQLException {
        lake.run("""
                CREATE TABLE FUNCTION series(n BIGINT) RETURNS TABLE (i BIGINT, square BIGINT) LANGUAGE JAVA AS $$
                import java.util.stream.LongStream;
                import java.util.stream.Stream;

                public final class Series {
                    public record Row(long i, long square) {}

                    public static Stream<Row> series(long n) {
                        return LongStream.range(0, n).mapToObj(i -> new Row(i, i * i));
                    }
                }
                $$""", """
                CREATE FUNCTION words(line VARCHAR, gap VARCHAR) RETURNS TABLE (place INTEGER, word VARCHAR)
                LANGUAGE JAVA AS $$
                import java.util.ArrayList;
                import java.util.List;

                public final class Words {
                    record Word(int place, String word) {}

                    public static List<Word> words(String line, String gap) {
                        var words = new ArrayList<Word>();
                        for (var word : line.split(gap)) {
                            words.add(new Word(words.size(), word.isEmpty() ? null : word));
                        }
                        return words;
                    }
                }
                $$""");
    }

    @Test
    void its_rows_are_a_table(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT * FROM series(3)")).containsExactly("0|0", "1|1", "2|4");
        assertThat(lake.rows("SELECT series.square, s.i FROM series(2), public.series(2) s WHERE series.i = s.i"))
                .containsExactly("0|0", "1|1");
        assertThat(lake.rows("SELECT word FROM words('a,,b', ',') ORDER BY place"))
                .containsExactly("a", "null", "b");
        assertThat(lake.rows("SELECT count(*), sum(square) FROM series(100000) WHERE i % 2 = 0"))
                .containsExactly("50000|166661666700000");
        assertThat(lake.rows("FROM words(NULL, ',')")).isEmpty();
        assertThat(lake.rows("SELECT k, ordinality FROM series(2) WITH ORDINALITY AS t(k, square)"))
                .containsExactly("0|1", "1|2");
    }

    @Test
    void it_stands_in_joins_writes_views_and_subqueries(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE squares AS SELECT * FROM series(10)",
                "INSERT INTO squares SELECT 10 + i, square FROM series(2)",
                "CREATE VIEW even AS SELECT i FROM series(6) WHERE i % 2 = 0");
        assertThat(lake.rows("SELECT count(*), max(i) FROM squares")).containsExactly("12|11");
        assertThat(lake.rows("SELECT e.i FROM even e JOIN squares q ON q.i = e.i WHERE q.square > 3"))
                .containsExactlyInAnyOrder("2", "4");
        assertThat(lake.rows("WITH s AS (FROM series(4)) SELECT (SELECT max(square) FROM s), count(*) FROM s"))
                .containsExactly("9|4");
        lake.run("DELETE FROM squares WHERE i IN (SELECT i FROM series(10))");
        assertThat(lake.rows("SELECT count(*) FROM squares")).containsExactly("2");
    }

    @Test
    void an_argument_may_be_a_parameter(Lake lake) throws SQLException {
        try (var statement = lake.connection().prepareStatement("SELECT max(i) FROM series(?::BIGINT)")) {
            for (var n : new long[] {5, 1000}) {
                statement.setLong(1, n);
                try (var rows = statement.executeQuery()) {
                    assertThat(Lake.rows(rows)).containsExactly(String.valueOf(n - 1));
                }
            }
        }
    }

    @Test
    void an_argument_cannot_be_a_column(Lake lake) {
        assertThatThrownBy(() -> lake.rows("SELECT * FROM series(3) a, series(a.i) b"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("series");
    }

    @Test
    void rows_without_end_end_with_the_limit(Lake lake) throws SQLException {
        lake.run("""
                CREATE TABLE FUNCTION naturals() RETURNS TABLE (n BIGINT) LANGUAGE JAVA AS $$
                import java.util.stream.Stream;
                public class Naturals { public static Stream<Long> all() { return Stream.iterate(0L, n -> n + 1); } }
                $$""");
        assertThat(lake.rows("SELECT n FROM naturals() LIMIT 2")).containsExactly("0", "1");
        assertThat(lake.rows("SELECT n FROM naturals() LIMIT 2 OFFSET 100000")).containsExactly("100000", "100001");
    }

    @Test
    void a_branch_has_its_own_version_and_listings_show_it(Lake lake) throws SQLException {
        assertThat(lake.rows("SHOW FUNCTIONS LIKE 'series'"))
                .containsExactly("public|series|(n BIGINT) RETURNS TABLE (i BIGINT, square BIGINT)|JAVA|TABLE");
        assertThat(lake.rows("SELECT data_type FROM information_schema.routines WHERE routine_name = 'series'"))
                .containsExactly("TABLE");
        lake.run("CREATE BRANCH less", "USE BRANCH less", "DROP FUNCTION series");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM series(1)")).isInstanceOf(SQLException.class);
        lake.run("USE BRANCH main");
        assertThat(lake.rows("SELECT * FROM series(1)")).containsExactly("0|0");
    }

    @Test
    void a_plan_has_its_name(Lake lake) throws SQLException {
        var plan = String.join("\n", lake.rows("EXPLAIN SELECT i FROM series(5)"));
        assertThat(plan).contains("Function: series", " series ─").doesNotContainIgnoringCase("udf");
        var box = plan.lines().filter(line -> line.matches("[│╭╰].*")).toList();
        assertThat(box)
                .isNotEmpty()
                .allMatch(line -> line.length() == box.getFirst().length());
    }

    static Stream<Arguments> misplaced() {
        return Stream.of(
                arguments("SELECT series(1)", "Function 'series' gives a table: call it in FROM (line 1, column 8)"),
                arguments("SELECT * FROM negated(1)", "Function 'negated' gives a value, and no table"),
                arguments("SELECT * FROM series()", "series"),
                arguments("SELECT * FROM series('x')", "x"),
                arguments("SELECT * FROM series(1, 2)", "series"),
                arguments("SELECT nope FROM series(1)", "nope"),
                arguments("SELECT * FROM read_csv('x')", "The table function 'read_csv' may not be used"));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void a_call_that_does_not_fit_is_refused(String sql, String expected, Lake lake) throws SQLException {
        lake.run("CREATE FUNCTION IF NOT EXISTS negated(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS"
                + " $$ public class F { public static long f(long x) { return -x; } } $$");
        assertThatThrownBy(() -> lake.rows(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("__sluice");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(
                        "long f(long x) { return x; }",
                        "Table function 'wrong' gives rows, but method F.f(long) returns long: return a Stream, Iterator or"
                                + " Iterable of records, such as Stream<Row> (line 2, column 1)"),
                arguments(
                        "Stream<String> f(long x) { return null; }",
                        "Table function 'wrong' gives the columns a, b, but String is no record of the body"),
                arguments(
                        "Stream f(long x) { return null; }",
                        "Table function 'wrong' gives rows, but method F.f(long) returns Stream"),
                arguments(
                        "Stream<Row> f(long x) { return null; } record Row(long a, long c) {}",
                        "but record Row has no component b; it has a, c"),
                arguments(
                        "Stream<Row> f(long x) { return null; } record Row(long a, long b) {}",
                        "Column 'b' of table function 'wrong' is VARCHAR, which is String in Java, not long"),
                arguments(
                        "Stream<Row> f(String x) { return null; } record Row(long a, String b) {}",
                        "Parameter 'x' of function 'wrong' is BIGINT"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_method_that_gives_other_rows_is_refused_when_it_is_made(String method, String expected, Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE TABLE FUNCTION wrong(x BIGINT) RETURNS TABLE (a BIGINT, b VARCHAR)"
                        + " LANGUAGE JAVA AS $$ import java.util.stream.Stream; public class F {\npublic static "
                        + method
                        + "\n} $$"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void a_table_may_be_called_function(Lake lake) throws SQLException {
        lake.run("CREATE TABLE function (a BIGINT)", "INSERT INTO function VALUES (1)");
        assertThat(lake.rows("SELECT a FROM function")).containsExactly("1");
        lake.run("DROP TABLE function", "CREATE TABLE function AS SELECT 2 AS a", "DROP TABLE function");
    }
}
