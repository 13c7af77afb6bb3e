package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists, maps and structs in users' Java functions, and types that do not fit. */
@ExtendWith(SluiceExtension.class)
final class NestedFunctionTypesTest {
    @Test
    void lists_maps_and_structs_are_lists_maps_and_records(Lake lake) throws SQLException {
        lake.run(
                """
                CREATE FUNCTION summed(points STRUCT(x INTEGER, "at" STRUCT(day DATE, tags VARCHAR[]))[])
                RETURNS MAP(VARCHAR, STRUCT(x INTEGER, days DATE[])) LANGUAGE JAVA AS $$
                import java.time.LocalDate;
                import java.util.*;
                public class Summed {
                    record Place(LocalDate day, List<String> tags) {}
                    record Point(Integer x, Place at) {}
                    record Sum(int x, List<LocalDate> days) {}
                    public static Map<String, Sum> summed(List<Point> points) {
                        var sums = new TreeMap<String, Sum>();
                        for (var point : points) {
                            for (var tag : point.at().tags()) {
                                var sum = sums.computeIfAbsent(tag, _ -> new Sum(0, new ArrayList<>()));
                                sum.days().add(point.at().day());
                                sums.put(tag, new Sum(sum.x() + point.x(), sum.days()));
                            }
                        }
                        return sums;
                    }
                }
                $$""",
                "CREATE TABLE visits (n INTEGER, points STRUCT(x INTEGER, \"at\" STRUCT(day DATE, tags VARCHAR[]))[])",
                """
                INSERT INTO visits VALUES
                  (1, [{'x': 1, 'at': {'day': DATE '2024-01-01', 'tags': ['a', 'b']}},
                       {'x': 10, 'at': {'day': NULL, 'tags': ['b']}}]),
                  (2, []), (3, NULL)""");
        assertThat(lake.rows("SELECT n, summed(points)::VARCHAR FROM visits ORDER BY n"))
                .containsExactly(
                        "1|{a={'x': 1, 'days': [2024-01-01]}, b={'x': 11, 'days': [2024-01-01, NULL]}}",
                        "2|{}",
                        "3|null");
        assertThat(lake.rows("SELECT map_extract(summed(points), 'b')[1].x FROM visits WHERE n = 1"))
                .containsExactly("11");
        assertThat(lake.rows("DESCRIBE FUNCTION summed")).anyMatch(row -> row.startsWith("signature|(points STRUCT("));
        assertThatThrownBy(() -> lake.rows("SELECT summed([{'x': NULL, 'at': {'day': NULL, 'tags': ['a']}}])"))
                .hasMessageContaining("NullPointerException");
    }

    @Test
    void primitive_arrays_are_lists_without_nulls(Lake lake) throws SQLException {
        lake.run("""
                CREATE FUNCTION scaled(xs DOUBLE[], by DOUBLE) RETURNS DOUBLE[] LANGUAGE JAVA AS $$
                public static double[] scaled(double[] xs, double by) {
                    for (var i = 0; i < xs.length; i++) {
                        xs[i] *= by;
                    }
                    return xs;
                }
                $$""");
        assertThat(lake.rows("SELECT sum(list_sum(scaled(range(range % 7)::DOUBLE[], 2))) FROM range(7000)"))
                .containsExactly("70000.0");
        assertThatThrownBy(() -> lake.rows("SELECT scaled([1, NULL], 2)"))
                .hasMessageContaining("A list holds a null, which double[] cannot: take a List or an array of boxes");
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments(
                        "STRUCT(a INTEGER, b VARCHAR)",
                        "Point",
                        "record Point(int a) {}",
                        "is STRUCT(a INTEGER, b VARCHAR): record Point has no component 'b'"),
                arguments(
                        "STRUCT(a INTEGER)",
                        "Point",
                        "record Point(int a, int c) {}",
                        "record Point has a component 'c', which is none of its fields"),
                arguments(
                        "STRUCT(a INTEGER)[]",
                        "List<Point>",
                        "record Point(String a) {}",
                        "is STRUCT(a INTEGER)[]: its elements are STRUCT(a INTEGER): component 'a' of record Point is"
                                + " INTEGER, which is int or Integer in Java, not String"),
                arguments("STRUCT(a INTEGER)", "Point", "static class Point {}", "which is a record of the body"),
                arguments("INTEGER[]", "List<Long>", "", "its elements are INTEGER, which is int or Integer"),
                arguments("INTEGER[]", "List", "", "whose elements are not those of List"),
                arguments("INTEGER[]", "Set<Integer>", "", "which is a List or an array in Java, not Set<Integer>"),
                arguments("MAP(VARCHAR, DATE)", "Map<String, ?>", "", "but Map<String, ?> does not say what it holds"),
                arguments("DECIMAL(9, 2)", "long", "", "which is BigDecimal, or @Unscaled long in Java, not long"),
                arguments("DECIMAL(30, 2)", "@dev.sluice.udf.Unscaled long", "", "DECIMAL of at most 18 digits"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void a_type_that_does_not_fit_its_java_is_refused_at_the_method(
            String type, String java, String declarations, String expected, Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE FUNCTION misfit(p " + type + ")\nRETURNS BIGINT LANGUAGE JAVA AS $$\n"
                        + "import java.util.*;\npublic class F {\n" + declarations + "\n    public static long f("
                        + java + " p) { return 0; } }\n$$"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Parameter 'p' of function 'misfit' is " + type)
                .hasMessageContaining(expected)
                .hasMessageEndingWith("(line 6, column 5)");
    }

    @Test
    void aggregates_and_table_functions_take_and_give_them_too(Lake lake) throws SQLException {
        lake.run("""
                CREATE AGGREGATE FUNCTION spread(xs DOUBLE[]) RETURNS STRUCT(low DOUBLE, high DOUBLE) LANGUAGE JAVA AS $$
                public class Spread {
                    record Range(double low, double high) {}
                    private double low = Double.MAX_VALUE;
                    private double high = -Double.MAX_VALUE;
                    public void add(double[] xs) {
                        for (var x : xs) {
                            low = Math.min(low, x);
                            high = Math.max(high, x);
                        }
                    }
                    public void merge(Spread other) {
                        low = Math.min(low, other.low);
                        high = Math.max(high, other.high);
                    }
                    public Range result() { return low > high ? null : new Range(low, high); }
                }
                $$""", """
                CREATE TABLE FUNCTION chopped(texts VARCHAR[]) RETURNS TABLE (text VARCHAR, parts VARCHAR[]) LANGUAGE JAVA AS $$
                import java.util.*;
                import java.util.stream.*;
                public class Chopped {
                    record Row(String text, String[] parts) {}
                    public static Stream<Row> chopped(List<String> texts) {
                        return texts.stream().map(text -> new Row(text, text == null ? null : text.split(" ")));
                    }
                }
                $$""");
        assertThat(lake.rows("SELECT range % 2, spread([range, -range]).high, spread(NULL) FROM range(10) GROUP BY 1"
                        + " ORDER BY 1"))
                .containsExactly("0|8.0|null", "1|9.0|null");
        assertThat(lake.rows(
                        "SELECT text, len(parts), parts[1] FROM chopped(['one two', NULL, 'a b thirteen letters'])"))
                .containsExactly("one two|2|one", "null|null|null", "a b thirteen letters|4|a");
    }

    @Test
    void they_do_not_go_to_another_process(Lake lake) {
        assertThatThrownBy(() -> lake.run("""
                        CREATE FUNCTION apart(xs BIGINT[]) RETURNS BIGINT LANGUAGE JAVA ISOLATION PROCESS AS $$
                        public static long apart(long[] xs) { return xs.length; }
                        $$"""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Lists, maps and structs do not go to another process")
                .hasMessageEndingWith("(line 1, column 75)");
    }
}
