package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values on their way from DuckDB's vectors into Java and back. */
class FunctionTypesTest {
    private final FunctionsInDuckDb db = new FunctionsInDuckDb();

    FunctionTypesTest() throws SQLException {}

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "BOOLEAN | boolean | true, false",
                "BOOLEAN | Boolean | true, false",
                "INTEGER | int | 0, -2147483648, 2147483647",
                "INTEGER | Integer | 0, -2147483648, 2147483647",
                "BIGINT | long | 0, -9223372036854775808, 9223372036854775807",
                "BIGINT | Long | 0, -9223372036854775808, 9223372036854775807",
                "REAL | float | 0, 1.5, 'nan', '-inf', 1e-45",
                "REAL | Float | 0, 1.5, 'nan', '-inf', 1e-45",
                "DOUBLE | double | 0, 1.5, 'nan', '-inf', 5e-324",
                "DOUBLE | Double | 0, 1.5, 'nan', '-inf', 5e-324",
                "DECIMAL(4,1) | java.math.BigDecimal | 0, -999.9, 999.9, 0.1",
                "DECIMAL(9,3) | java.math.BigDecimal | 0, -999999.999, 999999.999",
                "DECIMAL(18,0) | java.math.BigDecimal | 0, -999999999999999999, 999999999999999999",
                "DECIMAL(38,9) | java.math.BigDecimal | 0, -99999999999999999999999999999.999999999, 18446744073709551616.5",
                "TINYINT | byte | 0, -128, 127",
                "TINYINT | Byte | 0, -128, 127",
                "SMALLINT | short | 0, -32768, 32767",
                "SMALLINT | Short | 0, -32768, 32767",
                "TIME | java.time.LocalTime | TIME '00:00:00', TIME '23:59:59.999999'",
                "UUID | java.util.UUID | '00000000-0000-0000-0000-000000000000', '9e8d7c6b-5a49-3827-1605-f4e3d2c1b0a9'",
                "BLOB | byte[] | ''::BLOB, 'twelve bytes'::BLOB, '\\xFFthirteen bytes'::BLOB",
                "DECIMAL(4,1) | @dev.sluice.udf.Unscaled long | 0, -999.9, 999.9, 0.1",
                "DECIMAL(9,3) | @dev.sluice.udf.Unscaled long | 0, -999999.999, 999999.999",
                "DECIMAL(18,0) | @dev.sluice.udf.Unscaled Long | 0, -999999999999999999, 999999999999999999",
                "BIGINT[] | List<Long> | [1, NULL, 3], [], [9223372036854775807]",
                "BIGINT[] | long[] | [1, 2, 3], [], [9223372036854775807]",
                "BOOLEAN[] | boolean[] | [true, false], []",
                "DOUBLE[] | double[] | [1.5, 'nan'::DOUBLE], []",
                "TINYINT[] | byte[] | [1, -128], []",
                "VARCHAR[] | String[] | ['a', NULL, 'thirteen bytes'], []",
                "VARCHAR[][] | List<List<String>> | [['a'], [], NULL, ['thirteen bytes', NULL]], [], [[]]",
                "BIGINT[][] | long[][] | [[1, 2], [], NULL, [3]], []",
                "STRUCT(a INTEGER, b VARCHAR) | Pair | {'a': 1, 'b': 'x'}, {'a': 2, 'b': NULL}",
                "STRUCT(b VARCHAR, a INTEGER)[] | List<Pair> | [{'b': 'x', 'a': 1}, NULL, {'b': NULL, 'a': -1}], []",
                "STRUCT(id UUID, time TIMESTAMP, in_ STRUCT(a INTEGER, b VARCHAR), tags VARCHAR[]) | Deep | {'id': '9e8d7c6b-5a49-3827-1605-f4e3d2c1b0a9', 'time': TIMESTAMP '2024-01-02', 'in_': {'a': 1, 'b': 'y'}, 'tags': ['p', NULL]}, {'id': NULL, 'time': NULL, 'in_': NULL, 'tags': NULL}",
                "MAP(VARCHAR, BIGINT) | Map<String, Long> | MAP {'a': 1, 'b': NULL}, MAP {}",
                "MAP(VARCHAR, STRUCT(a INTEGER, b VARCHAR)[]) | Map<String, Pair[]> | MAP {'k': [{'a': 1, 'b': 'x'}, NULL]}, MAP {}",
                "VARCHAR | String | '', 'twelve bytes', 'thirteen bytes', 'ä€😀', repeat('long ', 100000)",
                "DATE | java.time.LocalDate | DATE '1970-01-01', DATE '0001-01-01', DATE '9999-12-31', DATE 'infinity'",
                "TIMESTAMP | java.time.LocalDateTime | TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '2026-02-28 12:00:00'",
                "TIMESTAMPTZ | java.time.Instant | TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMPTZ '2026-01-01 12:00:00+02'",
            })
    void a_value_comes_back_as_it_was(String type, String javaType, String values) throws SQLException {
        var same =
                db.compile(type, type, """
                import java.util.*;
                public class Same {
                    record Pair(int a, String b) {}
                    record Deep(UUID id, java.time.LocalDateTime time, Pair in_, List<String> tags) {}
                    public static T same(T x) { return x; }
                }
                """.replace("T same", javaType + " same").replace("T x", javaType + " x"));
        db.run("CREATE TABLE t AS SELECT unnest([NULL, " + values + "])::" + type + " AS x");
        assertThat(db.query(same, "SELECT count(*) FROM t WHERE f(x) IS DISTINCT FROM x"))
                .containsExactly(0L);
        assertThat(db.query(same, "SELECT typeof(f(x)) = typeof(x) FROM t LIMIT 1"))
                .containsExactly(true);
        assertThat(db.query(same, "SELECT count(*) FROM range(5000), t WHERE f(x) IS DISTINCT FROM x"))
                .containsExactly(0L);
    }

    @Test
    void a_date_and_a_time_are_what_they_say() throws SQLException {
        var text = db.compile("DATE TIMESTAMP TIMESTAMPTZ", "VARCHAR", """
                import java.time.*;
                public class Text {
                    public static String text(LocalDate d, LocalDateTime t, Instant i) { return d + " " + t + " " + i; }
                }
                """);
        assertThat(db.query(
                        text,
                        "SELECT f(DATE '2024-02-29', TIMESTAMP '1969-12-31 23:59:59.5', "
                                + "TIMESTAMPTZ '2024-01-01 00:00:00+02')"))
                .containsExactly("2024-02-29 1969-12-31T23:59:59.500 2023-12-31T22:00:00Z");
    }

    @Test
    void a_decimal_is_rounded_half_up_and_refused_when_too_big() throws SQLException {
        var scaled = db.compile("DOUBLE", "DECIMAL(6,2)", """
                public static java.math.BigDecimal f(double x) { return new java.math.BigDecimal(String.valueOf(x)); }
                """);
        assertThat(db.query(scaled, "SELECT f(x)::VARCHAR FROM (VALUES (1.005), (-1.005), (9999.994)) t(x)"))
                .containsExactly("1.01", "-1.01", "9999.99");
        assertThatThrownBy(() -> db.query(scaled, "SELECT f(9999.995)"))
                .hasMessageContaining("9999.995 does not fit into DECIMAL(6,2)");
    }

    @Test
    void a_lone_surrogate_becomes_a_question_mark() throws SQLException {
        var broken = db.compile("", "VARCHAR", "public static String f() { return \"a\\ud800b\"; }");
        assertThat(db.query(broken, "SELECT f()")).containsExactly("a?b");
    }

    @Test
    void narrow_numbers_widen_on_their_way_in_and_out() throws SQLException {
        var sum = db.compile(
                "INTEGER REAL", "DOUBLE", "public static float sum(long x, double y) { return (float) (x + y); }");
        assertThat(db.query(sum, "SELECT f(x, 0.5::REAL) FROM (VALUES (1), (NULL), (-2)) t(x)"))
                .containsExactly(1.5, null, -1.5);
    }

    @Test
    void a_box_is_called_on_null_and_may_give_null() throws SQLException {
        var orElse = db.compile("BIGINT BIGINT", "BIGINT", """
                public static Long orElse(Long x, long y) { return x == null ? (Long) y : x == y ? null : x; }
                """);
        assertThat(db.query(orElse, "SELECT f(x, y) FROM (VALUES (1, 2), (NULL, 3), (4, 4), (5, NULL)) t(x, y)"))
                .containsExactly(1L, 3L, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "BIGINT[] | [x, x + 1]",
                "BIGINT[] | [x, 7]",
                "BIGINT[] | CASE WHEN x % 2 = 0 THEN [x] END",
                "STRUCT(a BIGINT, b VARCHAR) | {'a': x, 'b': 'constant'}",
                "STRUCT(a BIGINT, b VARCHAR) | {'a': 7, 'b': s}",
                "STRUCT(a BIGINT, b VARCHAR) | CASE WHEN x % 3 = 0 THEN {'a': 7, 'b': s} END",
                "STRUCT(a BIGINT, b VARCHAR)[] | [{'a': x, 'b': s}, {'a': 7, 'b': 'constant'}]",
                "STRUCT(a BIGINT, b VARCHAR)[] | list_transform([x, 2], lambda e: {'a': e, 'b': 'constant'})",
                "STRUCT(a BIGINT, b VARCHAR)[] | (SELECT list({'a': x + range, 'b': 'constant'}) FROM range(3))",
                "MAP(VARCHAR, BIGINT) | MAP(['constant', x::VARCHAR], [x, 7])",
                "STRUCT(a STRUCT(a BIGINT, b VARCHAR), b BIGINT[]) | {'a': {'a': 7, 'b': s}, 'b': [7]}",
            })
    void values_with_parts_are_read_from_any_kind_of_vector(String type, String expression) throws SQLException {
        var same = db.compile(type, type, """
                import java.util.*;
                public class Same {
                    record Pair(Long a, String b) {}
                    record Nest(Pair a, List<Long> b) {}
                    public static T same(T x) { return x; }
                }
                """.replace(
                        "T ",
                        Map.of(
                                        "BIGINT[]", "List<Long> ",
                                        "STRUCT(a BIGINT, b VARCHAR)", "Pair ",
                                        "STRUCT(a BIGINT, b VARCHAR)[]", "List<Pair> ",
                                        "MAP(VARCHAR, BIGINT)", "Map<String, Long> ")
                                .getOrDefault(type, "Nest ")));
        db.run(
                "CREATE TABLE t AS SELECT range AS x, CASE WHEN range % 5 <> 0 THEN 'a text of number ' || range END AS s"
                        + " FROM range(5000)");
        for (var from : List.of(
                "t",
                "t JOIN (SELECT range % 50 AS y FROM range(300)) ON x = y",
                "(SELECT x, 'constant' AS s FROM t)")) {
            db.run("CREATE OR REPLACE TABLE v AS SELECT " + expression + " AS v FROM " + from);
            assertThat(db.query(
                            same,
                            "SELECT count(*) FROM (SELECT " + expression + "::" + type + " AS v FROM " + from
                                    + ") WHERE f(v) IS DISTINCT FROM v"))
                    .containsExactly(0L);
            assertThat(db.query(
                            same,
                            "SELECT count(*) FROM (SELECT hash(list(f(v::" + type + "))) AS a, hash(list(v::" + type
                                    + ")) AS b FROM v) WHERE a <> b"))
                    .containsExactly(0L);
        }
    }
}
