package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is refused by one clear error that names the thing, and the server goes on. */
@ExtendWith(SluiceExtension.class)
final class RefusalsTest {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS t (id BIGINT, name VARCHAR, price DECIMAL(4, 2))";

    /** The driver says this, and the statement, before the server's own message. */
    private static final String DRIVERS_WORDS = "\": ";

    static Stream<Arguments> refused() {
        return Stream.of(
                // words
                arguments("SELEC 1", "Expected a statement but found 'SELEC' (line 1, column 1)"),
                arguments("", "Expected a statement but found the end of the statement (line 1, column 1)"),
                arguments(";", "Expected a statement but found the end of the statement (line 1, column 1)"),
                arguments("-- nothing", "Expected a statement but found the end of the statement (line 1, column 1)"),
                arguments("SELECT 'unterminated", "Unterminated string: expected ' (line 1, column 8)"),
                arguments("SELECT (1 + 2", "Unexpected end of the statement (line 1, column 14)"),
                arguments("SELECT *\nFROM t WHERE\nAND id = 1", "(line 3, column 1)"),
                arguments("SELECT 1; SELECT 2", "One statement at a time: this text has more after ';'"),
                // names
                arguments("SELECT * FROM nowhere", "Table 'nowhere' does not exist (line 1, column 15)"),
                arguments("SELECT *\n  FROM nowhere", "Table 'nowhere' does not exist (line 2, column 8)"),
                arguments("SELECT * FROM no_schema.t", "'no_schema.t' does not exist (line 1, column 15)"),
                arguments("SELECT no_column FROM t", "no_column"),
                arguments("SELECT no_column FROM t", "(line 1, column 8)"),
                arguments("SELECT no_function(id) FROM t", "no_function"),
                arguments("SELECT no_function(id) FROM t", "(line 1, column 8)"),
                arguments("SELECT id FROM t a, t b", "Ambiguous reference to column name \"id\""),
                arguments("SELECT id FROM t a, t b", "(line 1, column 8)"),
                arguments("SELECT * FROM t AT BRANCH no_branch", "BRANCH no_branch does not exist"),
                arguments("SELECT * FROM t AT TAG no_tag", "TAG no_tag does not exist"),
                arguments("USE BRANCH no_branch", "BRANCH no_branch does not exist"),
                arguments("USE no_schema", "Schema no_schema does not exist"),
                arguments("MERGE BRANCH no_branch INTO main", "BRANCH no_branch does not exist"),
                arguments("DROP TABLE no_table", "no_table does not exist"),
                arguments("DROP SCHEMA no_schema", "Schema 'no_schema' does not exist"),
                arguments("DROP BRANCH no_branch", "BRANCH no_branch does not exist"),
                arguments("DROP FUNCTION no_function", "no_function does not exist"),
                arguments("INSERT INTO nowhere VALUES (1)", "'public.nowhere' does not exist (line 1, column 13)"),
                arguments("INSERT INTO t (no_column) VALUES (1)", "Column 'no_column' does not exist"),
                arguments("UPDATE t SET no_column = 1", "Column 'no_column' does not exist"),
                arguments("DELETE FROM t WHERE no_column = 1", "no_column"),
                arguments("SELECT name, sum(id) FROM t", "\"name\" must appear in the GROUP BY clause"),
                // values
                arguments("SELECT CAST('abc' AS INTEGER)", "Could not convert string 'abc' to INT32"),
                arguments("SELECT CAST('abc' AS INTEGER)", "(line 1, column 8)"),
                arguments("SELECT 9223372036854775807 + 1", "Overflow in addition"),
                arguments("SELECT CAST(300 AS TINYINT)", "300"),
                arguments("SELECT 1 % 0", "Division by zero"),
                arguments("SELECT DATE '2024-13-45'", "2024-13-45"),
                arguments("SELECT 'a' - 'b'", "-"),
                arguments("SELECT error('said by the user')", "said by the user"),
                arguments("INSERT INTO t VALUES (1)", "VALUES has 1 columns, but 3 are to be filled"),
                arguments("INSERT INTO t VALUES ('abc', 'n', 1)", "'abc'"),
                arguments("INSERT INTO t VALUES (1, 'n', 1234.5)", "1234.5"),
                arguments("SELECT 1 UNION SELECT 1, 2", "same number of result columns"),
                arguments("SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP 'never'", "Invalid time 'never'"),
                // files and the engine's own statements
                arguments("SELECT * FROM read_csv('/etc/passwd')", "'read_csv' may not be used"),
                arguments("SELECT * FROM read_parquet('/x.parquet')", "'read_parquet' may not be used"),
                arguments("SELECT * FROM read_json('/x.json')", "'read_json' may not be used"),
                arguments("SELECT * FROM read_text('/etc/passwd')", "'read_text' may not be used"),
                arguments("SELECT * FROM read_blob('/etc/passwd')", "'read_blob' may not be used"),
                arguments("SELECT * FROM parquet_metadata('/x')", "'parquet_metadata' may not be used"),
                arguments("SELECT * FROM glob('/*')", "'glob' may not be used"),
                arguments("SELECT * FROM query('SELECT 1')", "'query' may not be used"),
                arguments("SELECT * FROM query_table('t')", "'query_table' may not be used"),
                arguments("SELECT * FROM duckdb_settings()", "'duckdb_settings' may not be used"),
                arguments("SELECT getenv('HOME')", "'getenv' may not be used"),
                arguments("SELECT (SELECT max(content) FROM read_text('/etc/passwd'))", "'read_text' may not be used"),
                arguments("WITH x AS (FROM read_csv('/etc/passwd')) FROM x", "'read_csv' may not be used"),
                arguments("SELECT * FROM '/etc/passwd'", "cannot read the file '/etc/passwd'"),
                arguments("SELECT * FROM 'file.csv'", "cannot read the file 'file.csv'"),
                arguments("FROM \"/etc/passwd\"", "/etc/passwd"),
                arguments("COPY t TO '/tmp/out.csv'", "COPY INTO"),
                arguments("COPY (SELECT 1) TO '/tmp/out.csv'", "COPY INTO"),
                arguments("COPY INTO t FROM '/no/such/file.csv'", "No file matches '/no/such/file.csv'"),
                arguments("COPY INTO t FROM '/no/such/file'", "The format of '/no/such/file' is not clear"),
                arguments("ATTACH '/tmp/x.db'", "ATTACH may not be used"),
                arguments("INSTALL httpfs", "INSTALL may not be used"),
                arguments("LOAD httpfs", "LOAD may not be used"),
                arguments("PRAGMA database_list", "PRAGMA may not be used"),
                arguments("EXPORT DATABASE '/tmp/x'", "EXPORT may not be used"),
                arguments("SET memory_limit = '100GB'", "SET is not supported"),
                arguments("CHECKPOINT", "CHECKPOINT may not be used"),
                // definitions
                arguments("CREATE TABLE t (id BIGINT)", "t exists already"),
                arguments("CREATE BRANCH main", "'main' exists already"),
                arguments("CREATE TABLE twice (a BIGINT, a DATE)", "Column 'a' is named twice (line 1, column 31)"),
                arguments("CREATE TABLE odd (a NO_TYPE)", "Tables have no type NO_TYPE (line 1, column 21)"),
                arguments("CREATE TABLE odd (a HUGEINT)", "Tables have no type HUGEINT"),
                arguments("CREATE TABLE odd (a DECIMAL(39, 2))", "DECIMAL has a precision of at most 38"),
                arguments("CREATE TABLE odd (a DATE) PARTITIONED BY (b)", "Column 'b' does not exist"),
                arguments(
                        "CREATE TABLE odd (a VARCHAR) PARTITIONED BY (day(a))",
                        "Cannot partition by day of column 'a'"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_bad_statement_has_one_clear_error(String sql, String expected, Lake lake) throws SQLException {
        lake.run(TABLE);
        var error = catchThrowableOfType(SQLException.class, () -> lake.rows(sql));
        assertThatObject(error).isNotNull();
        var message = error.getMessage();
        var own = message.substring(message.indexOf(sql + DRIVERS_WORDS) + sql.length() + DRIVERS_WORDS.length());
        assertThat(own).contains(expected).doesNotContain("\n").doesNotContain("Exception");
        assertThat(own.length()).isLessThan(500);
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void deep_nesting_ends_in_an_answer_or_an_error_and_the_server_goes_on(int depth, Lake lake) throws SQLException {
        for (var nested : List.of(
                "SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth),
                "SELECT " + "(".repeat(depth),
                "SELECT 1" + " + 1".repeat(depth),
                "SELECT " + "- ".repeat(depth) + "1",
                "SELECT " + "NOT ".repeat(depth) + "true",
                "SELECT " + "[".repeat(depth) + "]".repeat(depth),
                "SELECT * FROM " + "(SELECT * FROM ".repeat(depth) + "(SELECT 1)" + ")".repeat(depth))) {
            try {
                lake.rows(nested);
            } catch (SQLException e) {
                assertThat(e.getMessage().substring(nested.length())).doesNotContain("Internal error");
            }
            assertThat(lake.rows("SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void a_huge_literal_is_text_or_an_error(Lake lake) throws SQLException {
        var digits = "9".repeat(10_000);
        try {
            assertThat(lake.rows("SELECT " + digits)).hasSize(1);
        } catch (SQLException e) {
            assertThat(e.getMessage()).doesNotContain("Internal error");
        }
        assertThat(lake.rows("SELECT length('" + "x".repeat(1_000_000) + "') AS n"))
                .containsExactly("1000000");
    }

    @Test
    void a_long_statement_that_is_wrong_is_refused(Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.rows("SELECT " + "x, ".repeat(30_000) + " FROM t"))
                .isInstanceOf(SQLException.class);
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }
}
