package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
final class SplicingTest {
    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake()
                .table("t", "a INTEGER, b VARCHAR")
                .table("u", "a INTEGER, c DOUBLE")
                .function("twice")
                .tableFunction("rows_of");
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t | SELECT a FROM «public.t» AS \"t\"",
                "SELECT a FROM public.T AS x | SELECT a FROM «public.T» AS x",
                "SELECT x.a FROM sluice.public.t x(a, b) | SELECT x.a FROM «public.t» x(a, b)",
                "SELECT public.t.a, public.t.* FROM public.t | SELECT t.a, t.* FROM «public.t» AS \"t\"",
                "SELECT public.t.a, Sluice.PUBLIC.t.* FROM t WHERE \"public\".t.a = 1 | SELECT t.a, t.* FROM «public.t» AS \"t\" WHERE t.a = 1",
                "SELECT public.t.a FROM sluice.public.t | SELECT t.a FROM «public.t» AS \"t\"",
                "SELECT public.t.a FROM t AS public | SELECT public.t.a FROM «public.t» AS public",
                "SELECT other.t.a, public.t FROM t | SELECT other.t.a, public.t FROM «public.t» AS \"t\"",
                "SELECT 'é', a FROM t, u | SELECT 'é', a FROM «public.t» AS \"t\", «public.u» AS \"u\"",
                "FROM t | FROM «public.t» AS \"t\"",
                "TABLE t | SELECT * FROM «public.t» AS \"t\"",
                "WITH t AS (SELECT * FROM t) SELECT * FROM t | WITH t AS (SELECT * FROM «public.t» AS \"t\") SELECT * FROM t",
                "SELECT twice(a), public.twice(1), abs(a) FROM t | SELECT ‹public.twice›(a) AS \"twice(a)\", ‹public.twice›(1) AS \"public.twice(1)\", abs(a) FROM «public.t» AS \"t\"",
                "SELECT (SELECT max(a) FROM t), twice(1) y, a AS z | SELECT (SELECT max(a) FROM «public.t» AS \"t\") AS \"(SELECT max(a) FROM t)\", ‹public.twice›(1) y, a AS z",
                "SELECT [twice(x) for x in [1]] | SELECT [‹public.twice›(x) for x in [1]]",
                "SELECT i FROM rows_of(5) | SELECT i FROM ‹public.rows_of›(5) AS \"rows_of\"",
                "SELECT r.i FROM public.rows_of(twice(2)) WITH ORDINALITY, rows_of(1) AS r | SELECT r.i FROM ‹public.rows_of›(‹public.twice›(2)) WITH ORDINALITY AS \"rows_of\", ‹public.rows_of›(1) AS r",
                "SELECT a /* u */ FROM t -- , u | SELECT a         FROM «public.t» AS \"t\"",
                "SELECT a FROM t AT BRANCH dev x | SELECT a FROM «public.t»               x",
                "SELECT 7//2, $$a'b$$ FROM t AT TAG v1 | SELECT 7//2, $$a'b$$ FROM «public.t» AS \"t\"",
            })
    void holes_stand_where_tables_and_functions_stood(String sql, String expected) {
        assertThat(lake.text(sql).strip()).isEqualTo(expected);
    }

    @Test
    void what_duckdb_says_of_its_text_is_found_in_the_clients() {
        var sql = "UPDATE t\n SET b = oops(a)\n WHERE nope > 3";
        var query = ((Statement.Update) lake.plan(sql)).matches();
        var rendered = query.sql().render(_ -> "(SELECT * FROM a_long_text_for_the_scan)", QualifiedName::toString);
        assertThat(rendered.locate(rendered.sql().indexOf("oops"))).contains(new Position(2, 10));
        assertThat(rendered.locate(rendered.sql().indexOf("nope"))).contains(new Position(3, 8));
        assertThat(rendered.locate(rendered.sql().indexOf("a_long"))).contains(new Position(1, 8));
        assertThat(rendered.locate(rendered.sql().length())).isEmpty();
    }

    @Test
    void scans_come_in_order_of_appearance() {
        var query = lake.query("SELECT * FROM u JOIN t USING (a) WHERE a IN (SELECT a FROM u)");
        assertThat(query.scans()).extracting(scan -> scan.table().name().name()).containsExactly("u", "t", "u");
    }
}
