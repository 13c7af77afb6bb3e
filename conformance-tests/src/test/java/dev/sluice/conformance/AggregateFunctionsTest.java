package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' functions of many rows. */
@ExtendWith(SluiceExtension.class)
final class AggregateFunctionsTest {
    private static final Path FLIGHTS = Path.of("..", "samples", "flights-2001-01.parquet");

    private static final String MIDDLE = """
            CREATE OR REPLACE AGGREGATE FUNCTION middle(x DOUBLE) RETURNS DOUBLE LANGUAGE JAVA AS $$
            public final class Middle {
                private double sum;
                private long count;

                public void add(double x) {
                    sum += x;
                    count++;
                }

                public void merge(Middle other) {
                    sum += other.sum;
                    count += other.count;
                }

                public Double result() {
                    return count == 0 ? null : sum / count;
                }
            }
            $$""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT origin AS k, # AS mean FROM flights GROUP BY origin",
                "SELECT origin || coalesce(day(date)::VARCHAR, '') AS k, # AS mean FROM flights"
                        + " GROUP BY ROLLUP (origin, day(date))",
                "SELECT origin AS k, # FILTER (WHERE distance > 500) AS mean FROM flights GROUP BY origin",
                "SELECT origin AS k, # AS mean FROM flights WHERE distance > 1000 GROUP BY origin HAVING # > 1500",
                "SELECT concat_ws(' ', date, origin, destination, delay) AS k,"
                        + " # OVER (PARTITION BY origin ORDER BY date, destination, delay ROWS 20 PRECEDING) AS mean"
                        + " FROM flights WHERE day(date) = 1",
                "SELECT 'none' AS k, # AS mean FROM flights WHERE distance < 0"
            })
    void an_aggregate_is_as_duckdbs_own(String query, Lake lake) throws SQLException, IOException {
        flights(lake);
        lake.run(MIDDLE);
        var ours = query.replace("#", "middle(nullif(distance, 500))");
        var theirs = query.replace("#", "avg(nullif(distance, 500))");
        assertThat(lake.rows("SELECT count(*) FROM (" + ours + ") o FULL JOIN (" + theirs + ") t"
                        + " ON o.k IS NOT DISTINCT FROM t.k AND (o.mean IS NULL) = (t.mean IS NULL)"
                        + " AND coalesce(abs(o.mean - t.mean) < 1e-6, true) WHERE o.k IS NULL AND t.k IS NOT NULL"
                        + " OR t.k IS NULL AND o.k IS NOT NULL"))
                .containsExactly("0");
    }

    private static void flights(Lake lake) throws SQLException, IOException {
        if (lake.rows("SHOW TABLES LIKE 'flights'").isEmpty()) {
            lake.run("COPY INTO flights FROM '" + FLIGHTS.toRealPath() + "'");
        }
    }

    @Test
    void distinct_and_order_inside_the_call_count(Lake lake) throws SQLException {
        lake.run("""
                CREATE AGGREGATE FUNCTION joined(word VARCHAR, gap VARCHAR) RETURNS VARCHAR LANGUAGE JAVA AS $$
                import java.util.StringJoiner;
                public class Joined {
                    private StringJoiner words;
                    public void add(String word, String gap) {
                        if (words == null) words = new StringJoiner(gap);
                        words.add(word);
                    }
                    public void merge(Joined other) {
                        if (other.words != null) add(other.words.toString(), ", ");
                    }
                    public String result() { return words == null ? null : words.toString(); }
                }
                $$""");
        assertThat(lake.rows("SELECT joined(x, ', ' ORDER BY x DESC) FROM (VALUES ('b'), ('c'), (NULL), ('a')) t(x)"))
                .containsExactly("c, b, a");
        assertThat(lake.rows("SELECT joined(DISTINCT x, '') FROM (VALUES ('b'), ('b'), (NULL), ('b')) t(x)"))
                .containsExactly("b");
        assertThat(lake.rows("SELECT joined(x, '') FROM (VALUES ('b')) t(x) WHERE x = 'z'"))
                .containsExactly("null");
    }

    @Test
    void a_box_or_called_on_null_takes_nulls(Lake lake) throws SQLException {
        for (var clause : new String[] {"", "CALLED ON NULL INPUT"}) {
            lake.run("CREATE OR REPLACE AGGREGATE FUNCTION nulls(x BIGINT) RETURNS BIGINT LANGUAGE JAVA " + clause
                    + """
                     AS $$
                    public class Nulls {
                        private long count;
                        public void add(Long x) { if (x == null) count++; }
                        public void merge(Nulls other) { count += other.count; }
                        public long result() { return count; }
                    }
                    $$""");
            assertThat(lake.rows("SELECT nulls(CASE WHEN range % 4 = 0 THEN range END) FROM range(100000)"))
                    .containsExactly("75000");
        }
    }

    @Test
    void an_aggregate_stands_in_writes_and_views_and_on_branches(Lake lake) throws SQLException {
        lake.run(
                MIDDLE,
                "CREATE TABLE means AS SELECT range % 3 AS k, middle(1 + range) AS mean FROM range(100) GROUP BY k",
                "CREATE BRANCH other",
                "USE BRANCH other",
                MIDDLE.replace("sum / count", "-1.0"));
        assertThat(lake.rows("SELECT middle(mean) FROM means")).containsExactly("-1.0");
        lake.run("USE BRANCH main");
        assertThat(lake.rows("SELECT middle(mean) > 0 FROM means")).containsExactly("true");
        assertThat(lake.rows("SHOW FUNCTIONS LIKE 'middle'"))
                .containsExactly("public|middle|(x DOUBLE) RETURNS DOUBLE|JAVA|AGGREGATE");
        assertThat(lake.rows("DESCRIBE FUNCTION middle")).contains("kind|AGGREGATE");
        lake.run("DROP FUNCTION middle");
    }

    @Test
    void an_exception_is_the_statements_error(Lake lake) throws SQLException {
        lake.run("""
                CREATE AGGREGATE FUNCTION fails(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$
                public class Fails {
                    public void add(long x) { if (x == 5000) throw new IllegalArgumentException("not " + x); }
                    public void merge(Fails other) {}
                    public long result() { return 0; }
                }
                $$""");
        assertThatThrownBy(() -> lake.rows("SELECT fails(range) FROM range(100000)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("IllegalArgumentException: not 5000");
        assertThat(lake.rows("SELECT fails(7)")).containsExactly("0");
    }

    static Stream<Arguments> wrong() {
        var add = "public void add(long x) {}\n";
        var merge = "public void merge(F other) {}\n";
        var result = "public long result() { return 1; }\n";
        return Stream.of(
                arguments("public void plus(long x) {}", "has no class with public methods add, merge and result"),
                arguments(merge + result, "Class F of aggregate function 'wrong' needs a method public void add(…)"),
                arguments(add + result, "needs a method public void merge(F other)"),
                arguments(add + merge, "needs a method public … result()"),
                arguments(
                        add + merge + result + "public F(int size) {}",
                        "needs a public constructor without parameters"),
                arguments(
                        "public void add(String x) {}\n" + merge + result,
                        "Parameter 'x' of function 'wrong' is BIGINT, which is long or Long in Java, not String"
                                + " (in method F.add(String)) (line 2, column 1)"),
                arguments(
                        "public long add(long x) { return x; }\n" + merge + result,
                        "Method F.add(long) of aggregate function 'wrong' returns something: it is void"),
                arguments(
                        add + merge + "public String result() { return null; }",
                        "Function 'wrong' returns BIGINT, which is long or Long in Java, not String (in method"
                                + " F.result()) (line 4, column 1)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_class_that_cannot_be_added_to_is_refused_when_it_is_made(String members, String expected, Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE AGGREGATE FUNCTION wrong(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS"
                        + " $$ public class F {\n" + members + "\n} $$"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(expected);
    }
}
