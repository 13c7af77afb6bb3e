package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultTypesTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            true                                    | Bool                                     | true
            1::TINYINT                              | Int(8, true)                             | 1
            1::SMALLINT                             | Int(16, true)                            | 1
            1::INTEGER                              | Int(32, true)                            | 1
            1::BIGINT                               | Int(64, true)                            | 1
            200::UTINYINT                           | Int(16, true)                            | 200
            65535::USMALLINT                        | Int(32, true)                            | 65535
            4294967295::UINTEGER                    | Int(64, true)                            | 4294967295
            18446744073709551615::UBIGINT           | Decimal(20, 0, 128)                      | 18446744073709551615
            [{'a': 200::UTINYINT}]                  | List                                     | [{"a":200}]
            MAP {200::UTINYINT: 1::UBIGINT}         | Map(false)                               | [{"key":200,"value":1}]
            170141183460469231731::HUGEINT          | Decimal(38, 0, 128)                      | 170141183460469231731
            170141183460469231731::UHUGEINT         | Decimal(38, 0, 128)                      | 170141183460469231731
            1.5::FLOAT                              | FloatingPoint(SINGLE)                    | 1.5
            1.5::DOUBLE                             | FloatingPoint(DOUBLE)                    | 1.5
            1.50::DECIMAL(4,2)                      | Decimal(4, 2, 128)                       | 1.50
            1.50::DECIMAL(30,2)                     | Decimal(30, 2, 128)                      | 1.50
            'a'                                     | Utf8                                     | a
            '\\xAA'::BLOB                           | Binary                                   | aa
            'd9b1b2f4-0000-4000-8000-000000000001'::UUID | Utf8                                | d9b1b2f4-0000-4000-8000-000000000001
            DATE '1969-12-31'                       | Date(DAY)                                | -1
            TIME '00:00:01'                         | Time(MICROSECOND, 64)                    | 1000000
            '00:00:01+02'::TIMETZ                   | Utf8                                     | 00:00:01+02
            TIMESTAMP '1970-01-01 00:00:01'         | Timestamp(MICROSECOND, null)             | 1970-01-01T00:00:01
            TIMESTAMPTZ '1970-01-01 00:00:01+00'    | Timestamp(MICROSECOND, UTC)              | 1000000
            '1970-01-01 00:00:01'::TIMESTAMP_S      | Timestamp(SECOND, null)                  | 1970-01-01T00:00:01
            '1970-01-01 00:00:01'::TIMESTAMP_MS     | Timestamp(MILLISECOND, null)             | 1970-01-01T00:00:01
            '1970-01-01 00:00:01'::TIMESTAMP_NS     | Timestamp(NANOSECOND, null)              | 1970-01-01T00:00:01
            INTERVAL 1 DAY                          | Interval(MONTH_DAY_NANO)                 | P1D PT0S
            'a'::ENUM('a', 'b''c')                  | Utf8                                     | a
            '101'::BIT                              | Utf8                                     | 101
            123::BIGNUM                             | Utf8                                     | 123
            union_value(k := 1)                     | Utf8                                     | 1
            '{"a": 1}'::JSON                        | Utf8                                     | {"a": 1}
            NULL                                    | Utf8                                     |
            [1, NULL]                               | List                                     | [1,null]
            [NULL]                                  | List                                     | [null]
            [1, 2]::INTEGER[2]                      | FixedSizeList(2)                         | [1,2]
            ['a'::ENUM('a')]                        | List                                     | ["a"]
            {'a': 1, 'b "c': {'bit': '1'::BIT}}     | Struct                                   | {"a":1,"b \\"c":{"bit":"1"}}
            row(1, 'a'::ENUM('a'))                  | Struct                                   | {"element1":1,"element2":"a"}
            MAP {'k': 'a'::ENUM('a')}               | Map(false)                               | [{"key":"k","value":"a"}]
            'a'::VARIANT                            | Utf8                                     | a
            """)
    void each_type_reaches_the_client_in_a_form_that_was_described(String expression, String type, String value) {
        var sql = "SELECT " + expression + " AS x, 1 AS x";
        try (var lake = new OpenEngine(root)) {
            var described = lake.engine().describe(sql).result();
            assertThat(lake.engine().describe("WITH q AS (SELECT 1) " + sql))
                    .isEqualTo(lake.engine().describe(sql));
            try (var execution = lake.start(sql)) {
                assertThat(execution.schema()).isEqualTo(described);
                assertThat(execution.root().getSchema()).isEqualTo(described);
            }
            assertThat(described.getFields().getFirst().getType()).hasToString(type);
            assertThat(lake.rows(sql).getFirst().getFirst()).isEqualTo(value);
        }
    }

    @Test
    void names_are_kept_also_where_they_repeat_and_columns_are_cast() {
        try (var lake = new OpenEngine(root)) {
            var sql = "SELECT 1 AS \"a b\", '1'::BIT AS \"a b\", 2 AS \"A\"\"\" -- the end";
            assertThat(lake.engine().describe(sql).result().getFields())
                    .extracting("name")
                    .containsExactly("a b", "a b", "A\"");
            assertThat(lake.rows(sql)).containsExactly(List.of("1", "1", "2"));
        }
    }

    @Test
    void a_column_without_a_name_is_called_by_the_beginning_of_a_long_expression() {
        try (var lake = new OpenEngine(root)) {
            for (var text : List.of("x".repeat(70_000), "😀".repeat(20_000))) {
                var sql = "SELECT length('" + text + "'), 1 AS a";
                var described = lake.engine().describe(sql).result();
                assertThat(described.getFields().getFirst().getName())
                        .startsWith("length('" + text.substring(0, 2))
                        .endsWith(text.substring(0, 2) + "…")
                        .hasSizeLessThanOrEqualTo(1001);
                try (var execution = lake.start(sql)) {
                    assertThat(execution.schema()).isEqualTo(described);
                }
                assertThat(lake.rows(sql)).containsExactly(List.of("" + text.codePointCount(0, text.length()), "1"));
            }
            assertThat(lake.rows("SELECT " + "9".repeat(100_000)).getFirst()).hasSize(1);
        }
    }

    @Test
    void what_is_no_query_is_not_described() {
        try (var lake = new OpenEngine(root)) {
            for (var sql : List.of("SET threads = 1", "SELECT 1; SET threads = 1", "CHECKPOINT")) {
                assertThatThrownBy(() -> lake.engine().describe(sql)).isInstanceOf(EngineFailure.class);
            }
        }
    }

    @Test
    void casts_keep_the_order_of_the_rows() {
        try (var lake = new OpenEngine(root)) {
            var rows = lake.rows("SELECT range AS a, '1'::BIT FROM range(50_000) ORDER BY range % 7 DESC, range");
            assertThat(rows).hasSize(50_000);
            assertThat(rows.getFirst().getFirst()).isEqualTo("6");
            assertThat(rows.getLast().getFirst()).isEqualTo("49994");
        }
    }

    @Test
    void parameters_have_the_types_that_duckdb_tells() {
        try (var lake = new OpenEngine(root)) {
            var parameters = lake.engine()
                    .describe(
                            "SELECT * FROM (SELECT 1 AS a, 1.5 AS d, DATE '2020-01-01' AS t) WHERE a = ? AND d < ? AND"
                                    + " t > ? LIMIT ?")
                    .parameters();
            assertThat(parameters.getFields())
                    .extracting(f -> f.getType().toString())
                    .containsExactly("Int(32, true)", "Decimal(2, 1, 128)", "Date(DAY)", "Int(64, true)");
        }
    }

    @Test
    void columns_that_depend_on_a_parameter_are_described_by_its_value() {
        try (var lake = new OpenEngine(root)) {
            var sql = "SELECT range AS r, ? AS p, ? * 1.5 AS q FROM range(1)";
            assertThat(lake.engine().describe(sql).result().getFields())
                    .extracting("name")
                    .containsExactly("r", "p", "q");
            var query = OpenEngine.query(sql, "x", 7L);
            try (var execution = lake.engine().start(query, new Cancellation())) {
                assertThat(execution.schema())
                        .isEqualTo(lake.engine().describe(query).result());
            }
            assertThat(lake.rows(sql, "x", 7L)).containsExactly(List.of("0", "x", "10.5"));
        }
    }

    @Test
    void a_pivot_whose_columns_only_the_data_tells_is_refused() {
        try (var lake = new OpenEngine(root)) {
            var pivot = "PIVOT (SELECT 'a' AS k, 1 AS v) ON k%s USING sum(v)";
            assertThatThrownBy(() -> lake.engine().describe(pivot.replace("%s", "")))
                    .hasMessageContaining("ON column IN");
            assertThat(lake.rows(pivot.replace("%s", " IN ('a', 'b')"))).hasSize(1);
        }
    }
}
