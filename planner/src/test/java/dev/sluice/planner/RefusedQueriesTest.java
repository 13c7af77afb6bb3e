package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class RefusedQueriesTest {
    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake().table("t", "a INTEGER, b VARCHAR").function("twice");
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM t, read_text('/etc/passwd') r",
                "SELECT * FROM t LEFT JOIN LATERAL read_parquet(t.b) ON true",
                "FROM read_csv('/etc/passwd')",
                "SELECT (SELECT count(*) FROM glob('/*'))",
                "SELECT * FROM t WHERE a IN (SELECT 1 FROM parquet_metadata('x'))",
                "WITH x AS (SELECT * FROM sniff_csv('x')) SELECT * FROM x",
                "SELECT * FROM 'a.parquet'",
                "SELECT * FROM t JOIN 'a.csv' ON true",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('t')",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM pragma_table_info('t')",
                "SELECT * FROM json_execute_serialized_sql('{}')",
                "SELECT * FROM system.main.read_csv('x')",
                "SELECT * FROM \"READ_CSV\"('x')",
                "SELECT getenv('HOME')",
                "SELECT write_log('x')",
                "WITH x AS (INSERT INTO t VALUES (1, 'x') RETURNING *) SELECT * FROM x",
                "WITH x AS (DELETE FROM t RETURNING *) FROM x",
                "PIVOT read_csv('x') ON a USING sum(b)",
                "SUMMARIZE SELECT * FROM read_csv('x')",
                "INSERT INTO t SELECT * FROM read_csv('x')",
                "UPDATE t SET a = (SELECT 1 FROM read_csv('x'))",
                "DELETE FROM t USING read_csv('x') WHERE true",
                "CREATE TABLE n AS SELECT * FROM read_csv('x')",
                "EXPLAIN SELECT * FROM read_csv('x')",
                "ATTACH 'x.db'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "PRAGMA database_list",
                "COPY t TO 'x.csv'",
                "COPY (SELECT 1) TO 'x.csv'",
                "EXPORT DATABASE 'x'",
            })
    void what_reaches_out_is_forbidden(String sql) {
        assertThat(lake.failure(sql)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(Code.FORBIDDEN);
            assertThat(failure.position()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM missing",
                "SELECT * FROM other.t",
                "SELECT * FROM memory.public.t",
                "SELECT * FROM lake_t",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM duckdb_tables",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM \"a.parquet\"",
                "SELECT a FROM t WHERE EXISTS (FROM missing)",
                "FROM missing",
                "WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x",
                "INSERT INTO missing VALUES (1)",
                "UPDATE missing SET a = 1",
                "DELETE FROM missing",
            })
    void only_tables_of_the_lake_are_found(String sql) {
        assertThat(lake.failure(sql)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(Code.TABLE_NOT_FOUND);
            assertThat(failure.position()).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1 | 1:1 Expected a statement but found 'SELEC'",
                "SELECT FROM WHERE | 1:13 Unexpected 'WHERE'",
                "SELECT 1 + | 1:11 Unexpected end of the statement",
                "SELECT a b c FROM t | 1:12 Unexpected 'c'",
                "SELECT (1 + 2 | 1:14 Unexpected end of the statement",
                "SELECT 'é', , 2 | 1:13 Unexpected ','",
                "SELECT 'abc | 1:8 Unterminated string: expected '",
                "SELECT \"abc | 1:8 Unterminated quoted name: expected \"",
                "SELECT 1 /* x | 1:10 Unterminated comment: expected */",
                "SELECT $a$ x $$ | 1:8 Unterminated string: expected $a$",
                "SELECT 1; SELECT 2 | 1:9 One statement at a time: this text has more after ';'",
                "DROP TABLE t; DROP TABLE u | 1:13 One statement at a time: this text has more after ';'",
                "DROP TABLE | 1:11 Expected the name of a table but found the end of the statement",
                "CREATE TABLE x (a INTEGER,) | 1:27 Expected the name of a column but found ')'",
                "SELECT a FROM t x AT BRANCH dev | 1:19 AT and FOR … AS OF follow the name of a table",
                "UPDATE t SET a = 1 + WHERE a = 1 | 1:21 The expression before this place is not complete",
                "UPDATE t SET a = , b = 2 | 1:18 Expected a value but found ','",
                "UPDATE t SET a = 1 WHERE a a a | 1:28 Unexpected 'a'",
                "SELECT at FROM t | 1:11 Unexpected 'FROM': 'at' is a reserved word, and as a name must be quoted: \"at\"",
                "SELECT a FROM t WHERE order > 3 | 1:23 Unexpected 'order': 'order' is a reserved word, and as a name must be quoted: \"order\"",
                "SELECT sum(end) FROM t | 1:12 Unexpected 'end': 'end' is a reserved word, and as a name must be quoted: \"end\"",
                "SELECT a FROM t WHERE AND b | 1:23 Unexpected 'AND'",
            })
    void syntax_errors_tell_their_place(String sql, String expected) {
        assertThat(lake.refusal(sql)).isEqualTo("SYNTAX_ERROR " + expected);
    }

    @Test
    void a_ref_that_does_not_exist_is_missed_where_its_table_stands() {
        for (var sql : List.of("SELECT * FROM t AT BRANCH nope", "INSERT INTO t AT BRANCH nope VALUES (1, 'x')")) {
            assertThat(lake.refusal(sql))
                    .isEqualTo("REF_NOT_FOUND 1:" + (sql.indexOf("t AT") + 1) + " Branch 'nope' does not exist");
        }
    }

    @Test
    void places_count_lines() {
        assertThat(lake.refusal("SELECT a,\r\n  b\n FROM\tnowhere"))
                .isEqualTo("TABLE_NOT_FOUND 3:7 Table 'nowhere' does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON t TO x",
                "CALL f()",
                "SELECT $1",
                "SELECT ?1",
                "SELECT * FROM t AT (VERSION => 3)",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
            })
    void what_is_not_there_yet_is_called_unsupported(String sql) {
        assertThat(lake.failure(sql)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(Code.UNSUPPORTED);
            assertThat(failure.position()).isPresent();
        });
    }

    @Test
    void what_our_grammar_cannot_read_has_a_limited_length() {
        assertThat(lake.refusal("SELECT " + "x, ".repeat(300_000) + " FROM t"))
                .startsWith("LIMIT_EXCEEDED 1:900006 The query is not in our grammar from here on, and too long");
        assertThat(lake.plan("SELECT " + "a, ".repeat(30_000) + " FROM t")).isInstanceOf(Statement.Query.class);
    }

    @Test
    void deep_nesting_is_refused() {
        var refused = Code.LIMIT_EXCEEDED;
        assertThat(lake.failure("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000))
                        .code())
                .isEqualTo(refused);
        assertThat(lake.failure("SELECT '" + "x".repeat(10_000_001) + "'").code())
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "- ", "1 + ", "CASE WHEN 1 THEN ", "a = 1 OR "})
    void long_expressions_end_in_a_plan_or_a_failure(String piece) {
        var sql = "SELECT " + piece.repeat(20_000) + "1";
        try {
            assertThat(lake.plan(sql)).isInstanceOf(Statement.Query.class);
        } catch (dev.sluice.core.FailureException e) {
            assertThat(e.failure().code()).isIn(Code.LIMIT_EXCEEDED, Code.SYNTAX_ERROR, Code.INVALID_STATEMENT);
        }
    }
}
