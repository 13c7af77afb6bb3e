package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type that a table can hold: what is written is what is read. */
@ExtendWith(SluiceExtension.class)
final class TypesTest {
    static Stream<Arguments> types() {
        return Stream.of(
                values("BOOLEAN", "true", "false"),
                values("INTEGER", "-2147483648", "0", "2147483647"),
                values("BIGINT", "-9223372036854775808", "0", "9223372036854775807"),
                values("REAL", "'-3.4028235e38'", "1.5", "1e-45", "'Infinity'", "'-Infinity'", "'NaN'"),
                values("DOUBLE", "'-1.7976931348623157e308'", "4.9e-324", "'Infinity'", "'-Infinity'", "'NaN'"),
                values("DECIMAL(4, 2)", "-99.99", "0.01", "99.99"),
                values("DECIMAL(9, 0)", "-999999999", "999999999"),
                values("DECIMAL(18, 9)", "-999999999.999999999", "999999999.999999999"),
                values(
                        "DECIMAL(38, 10)",
                        "-9999999999999999999999999999.9999999999",
                        "1234567890123456789012345678.0123456789"),
                values("DECIMAL(38, 38)", "0.12345678901234567890123456789012345678"),
                values("VARCHAR", "''", "'a''b'", "'é € 𝄞'", "'line\nbreak'", "repeat('x', 70000)"),
                values("UUID", "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-4fff-bfff-ffffffffffff'"),
                values("BLOB", "''::BLOB", "'\\x00\\xFF\\x80'::BLOB"),
                values("BINARY(4)", "'\\x00\\xFF\\x80\\x01'::BLOB"),
                values("DATE", "'0001-01-01'", "'1969-12-31'", "'1970-01-01'", "'9999-12-31'"),
                values("TIME", "'00:00:00'", "'23:59:59.999999'"),
                values(
                        "TIMESTAMP",
                        "'0001-01-01 00:00:00'",
                        "'1969-12-31 23:59:59.999999'",
                        "'9999-12-31 23:59:59.999999'"),
                values("TIMESTAMPTZ", "'1969-12-31 23:59:59.999999+00'", "'2024-02-29 12:00:00+05:30'"),
                values("INTEGER[]", "[]", "[1, NULL, 3]", "[2147483647]"),
                values("VARCHAR[][]", "[['a', NULL], [], NULL]"),
                values("STRUCT(a INTEGER, b VARCHAR)", "{'a': 1, 'b': 'x'}", "{'a': NULL, 'b': NULL}"),
                values(
                        "STRUCT(a STRUCT(b DECIMAL(10, 2)[], c DATE), d TIMESTAMPTZ)",
                        "{'a': {'b': [1.25, NULL], 'c': DATE '2024-02-29'}, 'd': TIMESTAMPTZ '2024-01-01 00:00:00+00'}",
                        "{'a': NULL, 'd': NULL}"),
                values("MAP(VARCHAR, INTEGER)", "MAP {}", "MAP {'a': 1, 'b': NULL}"),
                values("MAP(BIGINT, STRUCT(x DOUBLE)[])", "MAP {7: [{'x': 1.5}, NULL]}"),
                values("STRUCT(m MAP(DATE, BLOB))[]", "[{'m': MAP {DATE '2024-02-29': '\\xFF'::BLOB}}, NULL]"));
    }

    private static Arguments values(String type, String... literals) {
        return arguments(type, List.of(literals));
    }

    @ParameterizedTest
    @MethodSource("types")
    void what_is_written_is_read(String type, List<String> literals, Lake lake) throws SQLException {
        lake.run("DROP TABLE IF EXISTS held", "CREATE TABLE held (n INTEGER, v " + type + ")");
        var engineType = type.startsWith("BINARY") ? "BLOB" : type;
        var rows = new StringBuilder("(-1, NULL)");
        for (var n = 0; n < literals.size(); n++) {
            rows.append(", (")
                    .append(n)
                    .append(", CAST(")
                    .append(literals.get(n))
                    .append(" AS ")
                    .append(engineType)
                    .append("))");
        }
        assertThat(lake.update("INSERT INTO held VALUES " + rows)).isEqualTo(literals.size() + 1);
        var direct = literals.stream()
                .map(literal -> "CAST(" + literal + " AS " + engineType + ")")
                .collect(Collectors.joining(", "));
        var written = lake.rows("SELECT CAST(unnest([NULL, " + direct + "]) AS VARCHAR) AS v");
        assertThat(lake.rows("SELECT CAST(v AS VARCHAR) FROM held ORDER BY n")).isEqualTo(written);
        var toClient = lake.rows("SELECT unnest([NULL, " + direct + "]) AS v");
        assertThat(lake.rows("SELECT v FROM held ORDER BY n")).isEqualTo(toClient);
        assertThat(lake.rows("SELECT count(*) FROM held WHERE v IS NULL")).containsExactly("1");
        for (var n = 0; n < literals.size(); n++) {
            assertThat(lake.rows("SELECT n FROM held WHERE v IS NOT DISTINCT FROM CAST(" + literals.get(n) + " AS "
                            + engineType + ")"))
                    .as(literals.get(n))
                    .containsExactly(Integer.toString(n));
        }
    }

    @Test
    void lists_of_decimals_are_results(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT [1.5, 2.5] AS d")).containsExactly("[1.5,2.5]");
    }

    @Test
    void values_come_to_java_as_their_own_types(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE java_types (b BOOLEAN, i INTEGER, l BIGINT, f REAL, d DOUBLE, n DECIMAL(20, 2), s VARCHAR,"
                        + " x BLOB, day DATE)");
        lake.run("INSERT INTO java_types VALUES (true, 1, 2, 1.5, 2.5, 3.25, 'é', '\\x01\\xFF'::BLOB, '2024-02-29')");
        try (var statement = lake.connection().createStatement();
                var row = statement.executeQuery("SELECT * FROM java_types")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean("b")).isTrue();
            assertThat(row.getInt("i")).isEqualTo(1);
            assertThat(row.getLong("l")).isEqualTo(2);
            assertThat(row.getFloat("f")).isEqualTo(1.5f);
            assertThat(row.getDouble("d")).isEqualTo(2.5);
            assertThat(row.getBigDecimal("n")).isEqualTo(new BigDecimal("3.25"));
            assertThat(row.getString("s")).isEqualTo("é");
            assertThat(row.getBytes("x")).isEqualTo(new byte[] {1, -1});
            assertThat(row.getDate("day")).isEqualTo(Date.valueOf("2024-02-29"));
            assertThat(row.getObject("n")).isEqualTo(new BigDecimal("3.25"));
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void a_column_tells_its_type_precision_and_scale(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE described (b BOOLEAN, i INTEGER, l BIGINT, d DOUBLE, n DECIMAL(20, 2), s VARCHAR, x BLOB,"
                        + " dt DATE, tm TIME, ts TIMESTAMP, tz TIMESTAMPTZ, li INTEGER[])");
        lake.run("INSERT INTO described (i) VALUES (1)");
        try (var statement = lake.connection().createStatement();
                var rows = statement.executeQuery("SELECT * FROM described")) {
            var columns = rows.getMetaData();
            var told = new ArrayList<String>();
            for (var i = 1; i <= columns.getColumnCount(); i++) {
                told.add(columns.getColumnLabel(i) + " " + columns.getColumnType(i) + " " + columns.getPrecision(i)
                        + " " + columns.getScale(i));
            }
            assertThat(told)
                    .containsExactly(
                            "b " + Types.BOOLEAN + " 1 0",
                            "i " + Types.INTEGER + " 10 0",
                            "l " + Types.BIGINT + " 19 0",
                            "d " + Types.DOUBLE + " 15 0",
                            "n " + Types.DECIMAL + " 20 2",
                            "s " + Types.VARCHAR + " 0 0",
                            "x " + Types.VARBINARY + " 0 0",
                            "dt " + Types.DATE + " 10 0",
                            "tm " + Types.TIME + " 15 6",
                            "ts " + Types.TIMESTAMP + " 26 6",
                            "tz " + Types.TIMESTAMP_WITH_TIMEZONE + " 26 6",
                            "li " + Types.ARRAY + " 0 0");
        }
    }

    @Test
    void small_integers_are_kept_as_integers(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE small AS SELECT 1::TINYINT AS a, 2::SMALLINT AS b, 3::UINTEGER AS c, 4::UBIGINT AS d",
                "INSERT INTO small VALUES (-128, -32768, 4294967295, 18446744073709551615)");
        assertThat(lake.rows("SELECT * FROM small ORDER BY a"))
                .containsExactly("-128|-32768|4294967295|18446744073709551615", "1|2|3|4");
    }
}
