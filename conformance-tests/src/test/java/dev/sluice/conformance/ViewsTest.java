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

/** A view is its query, put where its name stands: branched, merged and travelled in time like a table. */
@ExtendWith(SluiceExtension.class)
final class ViewsTest {
    @Test
    void a_view_gives_the_rows_of_its_query_under_its_own_names(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE v1 (id INTEGER, name VARCHAR)",
                "INSERT INTO v1 VALUES (1, 'a'), (2, 'b')",
                "CREATE VIEW w1 (key COMMENT 'what it is', title) COMMENT 'a view' AS SELECT * FROM v1 WHERE id > 1 -- end",
                "ALTER TABLE v1 ADD COLUMN first INTEGER FIRST");
        assertThat(lake.rows("SELECT * FROM w1")).containsExactly("2|b");
        assertThat(lake.rows("SELECT x.title, w1.key FROM w1, W1 AS x WHERE x.key = w1.key"))
                .containsExactly("b|2");
        assertThat(lake.rows("SELECT public.w1.title FROM public.w1")).containsExactly("b");
        assertThat(lake.rows("FROM w1 SELECT key")).containsExactly("2");
        assertThat(lake.rows("DESCRIBE w1"))
                .containsExactly("key|INTEGER|true|null|what it is", "title|VARCHAR|true|null|null");
    }

    @Test
    void a_view_is_made_of_views_and_functions_of_its_own_schema(Lake lake) throws SQLException {
        lake.run(
                "CREATE SCHEMA IF NOT EXISTS inner_schema",
                "USE inner_schema",
                "CREATE TABLE v2 (id INTEGER)",
                "INSERT INTO v2 VALUES (20)",
                "CREATE FUNCTION twice(x INTEGER) RETURNS INTEGER LANGUAGE JAVA AS $$"
                        + " public class T { public static int twice(int x) { return 2 * x; } } $$",
                "CREATE VIEW w2 AS SELECT twice(id) AS id FROM v2",
                "USE public",
                "CREATE VIEW w3 AS SELECT id + 1 AS id FROM inner_schema.w2 ORDER BY 1 LIMIT 5",
                "CREATE TABLE v2 (id INTEGER)");
        assertThat(lake.rows("SELECT id FROM w3")).containsExactly("41");
        assertThat(lake.rows("WITH w3 AS (SELECT 1 AS id) SELECT id FROM w3")).containsExactly("1");
        assertThat(lake.rows("SELECT count(*) FROM w3 a JOIN inner_schema.w2 b ON a.id = b.id + 1"))
                .containsExactly("1");
    }

    @Test
    void a_view_is_read_at_the_ref_that_it_is_named_at(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE v4 (id INTEGER)",
                "INSERT INTO v4 VALUES (1)",
                "CREATE VIEW w4 AS SELECT id FROM v4",
                "CREATE TAG views_then",
                "CREATE BRANCH views_now",
                "INSERT INTO v4 AT BRANCH views_now VALUES (2)",
                "CREATE OR REPLACE VIEW w4 AT BRANCH views_now AS SELECT id * 10 AS id FROM v4 AT BRANCH views_now");
        assertThat(lake.rows("SELECT id FROM w4")).containsExactly("1");
        assertThat(lake.rows("SELECT id FROM w4 AT BRANCH views_now ORDER BY id"))
                .containsExactly("10", "20");
        lake.run("MERGE BRANCH views_now INTO main", "INSERT INTO v4 VALUES (3)");
        assertThat(lake.rows("SELECT id FROM w4 ORDER BY id")).containsExactly("10", "20");
        assertThat(lake.rows("SELECT id FROM w4 AT TAG views_then")).containsExactly("1");
    }

    @Test
    void pruning_goes_through_views(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE v5 (id INTEGER, day DATE) PARTITIONED BY (day)",
                "INSERT INTO v5 VALUES (1, DATE '2024-01-01'), (2, DATE '2024-01-02'), (3, DATE '2024-01-03')",
                "CREATE VIEW w5 AS SELECT id, day AS d FROM v5 WHERE day > DATE '2024-01-01'",
                "CREATE VIEW w5b AS SELECT * FROM w5");
        assertThat(lake.rows("EXPLAIN SELECT * FROM w5 WHERE d < DATE '2024-01-03'")
                        .getFirst())
                .contains("files 1 of 3");
        assertThat(lake.rows("EXPLAIN SELECT * FROM w5b WHERE d = DATE '2024-01-03'")
                        .getFirst())
                .contains("files 1 of 3");
        assertThat(lake.rows("SELECT id FROM w5b WHERE d = DATE '2024-01-03'")).containsExactly("3");
    }

    @Test
    void what_duckdb_alone_reads_is_not_pruned_by_a_views_names(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE v6 (a INTEGER, b INTEGER)",
                "INSERT INTO v6 VALUES (1, 100)",
                "INSERT INTO v6 VALUES (100, 1)",
                "CREATE VIEW w6 (b, a) AS SELECT a, b FROM v6");
        assertThat(lake.rows("FROM w6 SELECT a WHERE a = 100")).containsExactly("100");
        assertThat(lake.rows("SELECT COLUMNS('b') FROM w6 WHERE a > 50")).containsExactly("1");
    }

    @Test
    void views_are_listed_and_shown(Lake lake) throws Exception {
        lake.run(
                "CREATE TABLE v7 (id INTEGER)",
                "CREATE VIEW w7 (key COMMENT 'a ''key''') TBLPROPERTIES ('owner' = 'me') AS SELECT id FROM v7");
        assertThat(lake.rows("SHOW VIEWS IN public LIKE 'w7'")).containsExactly("public|w7");
        assertThat(lake.rows("SHOW TABLES LIKE 'w7'")).isEmpty();
        assertThat(lake.rows("SHOW TBLPROPERTIES w7")).containsExactly("owner|me");
        var statement = lake.rows("SHOW CREATE VIEW w7").getFirst();
        assertThat(statement).endsWith("AS SELECT id FROM v7");
        lake.run("DROP VIEW w7", statement);
        assertThat(lake.rows("SHOW CREATE VIEW w7")).containsExactly(statement);
        assertThat(lake.rows("SELECT view_definition FROM information_schema.views WHERE table_name = 'w7'"))
                .containsExactly("SELECT id FROM v7");
        assertThat(lake.rows("SELECT table_type FROM information_schema.tables WHERE table_name = 'w7'"))
                .containsExactly("VIEW");
        assertThat(lake.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'w7'"))
                .containsExactly("key");
        try (var views = lake.connection().getMetaData().getTables(null, "public", "w7", new String[] {"VIEW"})) {
            assertThat(Lake.rows(views)).singleElement().asString().contains("w7|VIEW");
        }
        assertThat(lake.rows("DESCRIBE TABLE EXTENDED w7")).contains("Query|SELECT id FROM v7|");
    }

    @Test
    void a_view_is_altered_renamed_and_dropped(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE v8 (id INTEGER)",
                "INSERT INTO v8 VALUES (1)",
                "CREATE VIEW w8 AS SELECT id FROM v8",
                "CREATE VIEW IF NOT EXISTS w8 AS SELECT 7 AS x",
                "ALTER VIEW w8 AS SELECT id + 1 AS id FROM v8",
                "ALTER VIEW w8 SET TBLPROPERTIES ('a' = '1', 'b' = '2')",
                "ALTER VIEW w8 UNSET TBLPROPERTIES ('a')",
                "ALTER VIEW w8 RENAME TO w8b");
        assertThat(lake.rows("SELECT id FROM w8b")).containsExactly("2");
        assertThat(lake.rows("SHOW TBLPROPERTIES w8b")).containsExactly("b|2");
        lake.run("DROP VIEW w8b", "DROP VIEW IF EXISTS w8b", "ALTER VIEW IF EXISTS w8b RENAME TO w8c");
        assertThatThrownBy(() -> lake.run("SELECT * FROM w8b")).hasMessageContaining("'w8b' does not exist");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("CREATE VIEW wr AS SELECT 1 AS x", "View public.wr exists already on BRANCH main"),
                arguments("CREATE VIEW tr AS SELECT 1 AS x", "Table 'public.tr' exists already"),
                arguments("CREATE TABLE wr (id INTEGER)", "View 'public.wr' exists already"),
                arguments("CREATE VIEW x AS SELECT id, id FROM tr", "Two columns of view public.x have one name"),
                arguments("CREATE VIEW x (a, b) AS SELECT id FROM tr", "names 2 columns, but its query has 1"),
                arguments("CREATE VIEW x (a, A) AS SELECT 1, 2", "Column 'A' is named twice"),
                arguments("CREATE VIEW x AS SELECT id FROM tr WHERE id = ?", "The query of a view has no parameters"),
                arguments(
                        "CREATE VIEW x AS SELECT * FROM nowhere", "Table 'nowhere' does not exist (line 1, column 32)"),
                arguments("CREATE VIEW x AS DELETE FROM tr", "Expected a query"),
                arguments("CREATE OR REPLACE VIEW wr AS SELECT * FROM wr", "defined by itself: public.wr → public.wr"),
                arguments("CREATE OR REPLACE VIEW wr AS SELECT * FROM wr2", "public.wr → public.wr2 → public.wr"),
                arguments("INSERT INTO wr VALUES (1)", "'public.wr' is a view, whose rows are those of its query"),
                arguments("UPDATE wr SET id = 1", "'public.wr' is a view"),
                arguments("DELETE FROM wr", "'public.wr' is a view"),
                arguments("DROP TABLE wr", "'public.wr' is a view and no table"),
                arguments("ALTER TABLE wr ADD COLUMN x INTEGER", "'public.wr' is a view and no table"),
                arguments("DROP VIEW tr", "'public.tr' is a table and no view"),
                arguments("DROP VIEW nowhere", "View public.nowhere does not exist on BRANCH main"),
                arguments("ALTER VIEW wr RENAME TO tr", "Table 'public.tr' exists already"),
                arguments("SELECT * FROM wr FOR VERSION AS OF 1", "View 'public.wr' has no snapshots"),
                arguments("SELECT no_column FROM wr", "no_column"),
                arguments("SELECT * FROM broken", "View 'public.broken' cannot be read: "),
                arguments("SELECT *\nFROM broken2", "View 'public.broken2' cannot be read: Table 'public.gone'"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_a_view_cannot_be_is_refused(String sql, String expected, Lake lake) throws SQLException {
        if (lake.rows("SHOW VIEWS LIKE 'wr'").isEmpty()) {
            lake.run(
                    "CREATE TABLE tr (id INTEGER, old INTEGER)",
                    "CREATE TABLE gone (id INTEGER)",
                    "CREATE VIEW wr AS SELECT id FROM tr",
                    "CREATE VIEW wr2 AS SELECT id FROM wr",
                    "CREATE VIEW broken AS SELECT old FROM tr",
                    "CREATE VIEW broken2 AS SELECT id FROM public.gone",
                    "ALTER TABLE tr DROP COLUMN old",
                    "DROP TABLE gone");
        }
        assertThatThrownBy(() -> lake.rows(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(expected);
        assertThat(lake.rows("SELECT id FROM wr2")).isEmpty();
    }

    @Test
    void views_nest_only_so_deep(Lake lake) throws SQLException {
        lake.run("CREATE VIEW deep0 AS SELECT 1 AS x");
        for (var i = 1; i < 32; i++) {
            lake.run("CREATE VIEW deep" + i + " AS SELECT x FROM deep" + (i - 1));
        }
        assertThat(lake.rows("SELECT x FROM deep31")).containsExactly("1");
        assertThatThrownBy(() -> lake.run("CREATE VIEW deep32 AS SELECT x FROM deep31"))
                .hasMessageContaining("Views nest deeper than 32");
    }
}
