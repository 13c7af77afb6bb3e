package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;

final class FormatTest {
    private static final String VALUES = """
            SELECT * FROM (VALUES
              (1::INTEGER, 'plain', 1.50::DECIMAL(11, 2), TIMESTAMP '2001-02-03 04:05:06.7', [1, 2], {'a': 1, 'b': 'x'}),
              (-20, 'a "quoted", | one', NULL, NULL, NULL, NULL),
              (NULL, '', 123456789.01, TIMESTAMP '1969-12-31 23:59:59', [], {'a': NULL, 'b': 'it''s'})
            ) t(i, s, d, ts, l, r)""";

    private static String write(ResultFormat format, String query) {
        try (var rows = Batches.of(query)) {
            var out = new ByteArrayOutputStream();
            format.write(rows, out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TableFormat table(int width, int rows) {
        return new TableFormat(OptionalInt.of(width), OptionalInt.of(rows));
    }

    @Test
    void a_table_aligns_its_columns() {
        assertThat(write(table(200, 40), VALUES)).isEqualTo("""
                ┌─────────┬───────────────────┬───────────────┬───────────────────────┬───────────┬──────────────────────────────┐
                │       i │ s                 │             d │ ts                    │ l         │ r                            │
                │ INTEGER │ VARCHAR           │ DECIMAL(11,2) │ TIMESTAMP             │ INTEGER[] │ STRUCT(a INTEGER, b VARCHAR) │
                ├─────────┼───────────────────┼───────────────┼───────────────────────┼───────────┼──────────────────────────────┤
                │       1 │ plain             │          1.50 │ 2001-02-03 04:05:06.7 │ [1, 2]    │ {'a': 1, 'b': 'x'}           │
                │     -20 │ a "quoted", | one │          NULL │ NULL                  │ NULL      │ NULL                         │
                │    NULL │                   │  123456789.01 │ 1969-12-31 23:59:59   │ []        │ {'a': NULL, 'b': 'it''s'}    │
                └─────────┴───────────────────┴───────────────┴───────────────────────┴───────────┴──────────────────────────────┘
                """);
    }

    @Test
    void a_long_table_has_a_gap() {
        assertThat(write(table(80, 4), "SELECT range AS n FROM range(5000)")).isEqualTo("""
                ┌────────┐
                │      n │
                │ BIGINT │
                ├────────┤
                │      0 │
                │      1 │
                │      · │
                │      · │
                │      · │
                │   4998 │
                │   4999 │
                └────────┘
                """);
    }

    @Test
    void a_table_of_just_the_rows_that_fit_has_none() {
        assertThat(write(table(80, 4), "SELECT range AS n FROM range(4)")).doesNotContain("·");
        assertThat(write(table(80, 4), "SELECT range AS n FROM range(1)")).hasLineCount(6);
    }

    @Test
    void wide_cells_are_cut_and_columns_in_the_middle_give_way() {
        assertThat(write(table(30, 40), "SELECT repeat('ab', 20) AS long, 42 AS n"))
                .isEqualTo("""
                ┌──────────────────┬─────────┐
                │ long             │       n │
                │ VARCHAR          │ INTEGER │
                ├──────────────────┼─────────┤
                │ abababababababa… │      42 │
                └──────────────────┴─────────┘
                """);
        assertThat(write(table(40, 40), "SELECT 1 AS a, 2 AS b, 3 AS c, 4 AS d, 5 AS e, 6 AS f"))
                .isEqualTo("""
                ┌─────────┬─────────┬───┬─────────┐
                │       a │       b │ … │       f │
                │ INTEGER │ INTEGER │ … │ INTEGER │
                ├─────────┼─────────┼───┼─────────┤
                │       1 │       2 │ … │       6 │
                └─────────┴─────────┴───┴─────────┘
                """);
    }

    @Test
    void wide_characters_lines_and_escapes_do_not_break_a_table() {
        assertThat(write(table(80, 40), "SELECT '漢字' AS s, 'one' || chr(10) || 'two' AS l, chr(27) || '[2J' AS e"))
                .isEqualTo("""
                ┌─────────┬─────────┬─────────┐
                │ s       │ l       │ e       │
                │ VARCHAR │ VARCHAR │ VARCHAR │
                ├─────────┼─────────┼─────────┤
                │ 漢字    │ one     │ \\x1b[2J │
                │         │ two     │         │
                └─────────┴─────────┴─────────┘
                """);
    }

    @Test
    void csv_is_rfc_4180() {
        assertThat(write(new CsvFormat(), VALUES)).isEqualTo("""
                i,s,d,ts,l,r
                1,plain,1.50,2001-02-03T04:05:06.7,"[1,2]","{""a"":1,""b"":""x""}"
                -20,"a ""quoted"", | one",,,,
                ,"",123456789.01,1969-12-31T23:59:59,[],"{""a"":null,""b"":""it's""}"
                """.replace("\n", "\r\n"));
    }

    @Test
    void json_is_an_array_or_lines() {
        var first =
                "{\"i\":1,\"s\":\"plain\",\"d\":1.50,\"ts\":\"2001-02-03T04:05:06.7\",\"l\":[1,2],\"r\":{\"a\":1,\"b\":\"x\"}}";
        assertThat(write(JsonFormat.ARRAY, VALUES))
                .startsWith("[\n" + first + ",\n{\"i\":-20,")
                .endsWith("}\n]\n");
        assertThat(write(JsonFormat.LINES, VALUES))
                .startsWith(first + "\n{\"i\":-20,")
                .endsWith("}\n");
        assertThat(write(JsonFormat.ARRAY, "SELECT 1 WHERE false")).isEqualTo("[\n\n]\n");
        assertThat(write(JsonFormat.LINES, "SELECT 1 WHERE false")).isEmpty();
    }

    @Test
    void markdown_is_a_table() {
        assertThat(write(new MarkdownFormat(), VALUES)).isEqualTo("""
                | i | s | d | ts | l | r |
                | --: | --- | --: | --- | --- | --- |
                | 1 | plain | 1.50 | 2001-02-03 04:05:06.7 | [1, 2] | {'a': 1, 'b': 'x'} |
                | -20 | a "quoted", \\| one | NULL | NULL | NULL | NULL |
                | NULL |  | 123456789.01 | 1969-12-31 23:59:59 | [] | {'a': NULL, 'b': 'it''s'} |
                """);
    }

    @Test
    void arrow_reads_back() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var rows = Batches.of("SELECT range AS n FROM range(10000)")) {
            assertThat(new ArrowFormat().write(rows, out)).isEqualTo(10_000);
        }
        try (var allocator = new RootAllocator();
                var reader = new ArrowStreamReader(new ByteArrayInputStream(out.toByteArray()), allocator)) {
            var count = 0;
            while (reader.loadNextBatch()) {
                count += reader.getVectorSchemaRoot().getRowCount();
            }
            assertThat(count).isEqualTo(10_000);
        }
    }

    @Test
    void values_of_all_types_are_readable() {
        assertThat(write(new CsvFormat(), """
                SELECT true AS b, 255::UTINYINT AS u8, 65535::USMALLINT AS u16, 4294967295::UINTEGER AS u32,
                       18446744073709551615::UBIGINT AS u64, (-128)::TINYINT AS i8, 1.5::REAL AS f, 12345678.5::DOUBLE AS d,
                       1e300::DOUBLE AS big, 'NaN'::DOUBLE AS nan, '\\xAB\\x01'::BLOB AS bin, DATE '2001-02-03' AS day,
                       TIME '04:05:06.789' AS t, TIMESTAMP_NS '2001-02-03 04:05:06.123456789' AS ns,
                       MAP {'k': 1} AS m, ['a']::VARCHAR[1] AS fixed, NULL AS n,
                       12345678901234567890123456789::DECIMAL(38, 0) AS h
                """).lines().skip(1))
                .containsExactly(
                        "true,255,65535,4294967295,18446744073709551615,-128,1.5,12345678.5,1.0E300,NaN,ab01,2001-02-03,"
                                + "04:05:06.789,2001-02-03T04:05:06.123456789,\"{\"\"k\"\":1}\",\"[\"\"a\"\"]\",,"
                                + "12345678901234567890123456789");
    }
}
