package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Branches, tags and time travel. */
@ExtendWith(SluiceExtension.class)
final class BranchesTest {
    @Test
    void a_branch_keeps_its_rows_until_it_is_merged(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE guests (name VARCHAR)",
                "INSERT INTO guests VALUES ('ann')",
                "CREATE BRANCH party FROM main",
                "INSERT INTO guests AT BRANCH party VALUES ('bob')");
        assertThat(lake.rows("SELECT name FROM guests")).containsExactly("ann");
        assertThat(lake.rows("SELECT name FROM guests AT BRANCH party ORDER BY name"))
                .containsExactly("ann", "bob");
        lake.run("MERGE BRANCH party INTO main");
        assertThat(lake.rows("SELECT name FROM guests ORDER BY name")).containsExactly("ann", "bob");
    }

    @Test
    void one_query_reads_the_same_table_at_two_refs(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE prices AS SELECT range AS id, 10 AS price FROM range(3)",
                "CREATE BRANCH sale",
                "UPDATE prices AT BRANCH sale SET price = 8 WHERE id = 1");
        assertThat(lake.rows("""
                        SELECT m.id, m.price, s.price FROM prices m JOIN prices AT BRANCH sale s ON s.id = m.id
                        WHERE m.price <> s.price""")).containsExactly("1|10|8");
    }

    @Test
    void what_was_made_on_a_branch_is_not_on_main(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH lab", "USE BRANCH lab", "CREATE TABLE only_in_lab (id BIGINT)", "USE BRANCH main");
        assertThat(lake.rows("SELECT count(*) FROM only_in_lab AT BRANCH lab")).containsExactly("0");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM only_in_lab"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("only_in_lab");
    }

    @Test
    void use_branch_is_of_its_session_alone(Lake lake) throws SQLException {
        lake.run("CREATE TABLE notes (id BIGINT)", "CREATE BRANCH draft");
        try (var other = lake.connect("")) {
            try (var statement = other.createStatement()) {
                statement.executeUpdate("USE BRANCH draft");
                statement.executeUpdate("INSERT INTO notes VALUES (1)");
            }
            assertThat(Lake.rows(other, "SELECT count(*) FROM notes")).containsExactly("1");
            assertThat(lake.rows("SELECT count(*) FROM notes")).containsExactly("0");
        }
    }

    @Test
    void a_connection_begins_on_the_ref_of_its_url(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE drafts (id BIGINT)",
                "CREATE BRANCH from_url",
                "INSERT INTO drafts AT BRANCH from_url" + " VALUES (1), (2)");
        try (var other = lake.connect("&ref=from_url")) {
            assertThat(Lake.rows(other, "SELECT count(*) FROM drafts")).containsExactly("2");
        }
        assertThat(lake.rows("SELECT count(*) FROM drafts")).containsExactly("0");
    }

    @Test
    void a_merge_of_rows_that_both_sides_changed_is_refused_and_names_the_table(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE contested AS SELECT 1 AS id",
                "CREATE BRANCH rival",
                "UPDATE contested AT BRANCH rival SET id = 2",
                "UPDATE contested SET id = 3");
        assertThatThrownBy(() -> lake.run("MERGE BRANCH rival INTO main"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("public.contested")
                .hasMessageContaining("by anonymous: UPDATE contested AT BRANCH rival SET id = 2")
                .hasMessageContaining("by anonymous: UPDATE contested SET id = 3");
        assertThat(lake.rows("SELECT id FROM contested")).containsExactly("3");
    }

    @Test
    void rows_that_both_sides_added_are_all_there_after_each_merge(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE joined AS SELECT 1 AS id",
                "CREATE BRANCH helper",
                "INSERT INTO joined AT BRANCH helper VALUES (2)",
                "INSERT INTO joined VALUES (3)",
                "MERGE BRANCH helper INTO main");
        assertThat(lake.rows("SELECT id FROM joined ORDER BY id")).containsExactly("1", "2", "3");
        lake.run(
                "DELETE FROM joined WHERE id = 3",
                "DELETE FROM joined AT BRANCH helper WHERE id = 2",
                "MERGE BRANCH helper INTO main");
        assertThat(lake.rows("SELECT id FROM joined ORDER BY id")).containsExactly("1");
    }

    @Test
    void changes_to_different_tables_merge(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE left_side (id BIGINT)",
                "CREATE TABLE right_side (id BIGINT)",
                "CREATE BRANCH aside",
                "INSERT INTO left_side AT BRANCH aside VALUES (1)",
                "INSERT INTO right_side VALUES (2)",
                "MERGE BRANCH aside INTO main");
        assertThat(lake.rows("SELECT l.id, r.id FROM left_side l, right_side r"))
                .containsExactly("1|2");
    }

    @Test
    void a_dropped_branch_is_gone_and_main_stays(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE kept (id BIGINT)",
                "CREATE BRANCH doomed",
                "INSERT INTO kept AT BRANCH doomed VALUES (1)",
                "DROP BRANCH doomed");
        assertThat(lake.rows("SELECT count(*) FROM kept")).containsExactly("0");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM kept AT BRANCH doomed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("doomed");
        lake.run("DROP BRANCH IF EXISTS doomed");
    }

    @Test
    void main_cannot_be_dropped(Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.run("DROP BRANCH main")).isInstanceOf(SQLException.class);
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void a_tag_stays_where_it_was_made(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE dated (id BIGINT)",
                "INSERT INTO dated VALUES (1)",
                "CREATE TAG release_1",
                "INSERT INTO dated VALUES (2)");
        assertThat(lake.rows("SELECT id FROM dated AT TAG release_1")).containsExactly("1");
        lake.run("USE TAG release_1");
        assertThat(lake.rows("SELECT count(*) FROM dated")).containsExactly("1");
        lake.run("USE BRANCH main");
        assertThat(lake.rows("SELECT count(*) FROM dated")).containsExactly("2");
        lake.run("DROP TAG release_1");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM dated AT TAG release_1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("release_1");
    }

    @Test
    void a_tag_is_not_written_to(Lake lake) throws SQLException {
        lake.run("CREATE TABLE stone (id BIGINT)", "CREATE TAG carved");
        for (var sql : new String[] {
            "INSERT INTO stone AT TAG carved VALUES (1)",
            "DELETE FROM stone AT TAG carved",
            "UPDATE stone AT TAG carved SET id = 1"
        }) {
            assertThatThrownBy(() -> lake.run(sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("branch");
        }
        lake.run("USE TAG carved");
        try {
            assertThatThrownBy(() -> lake.run("INSERT INTO stone VALUES (1)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("branch");
        } finally {
            lake.run("USE BRANCH main");
        }
    }

    @Test
    void a_table_is_read_as_it_was_at_a_time(Lake lake) throws SQLException {
        lake.run("CREATE TABLE log (id BIGINT)", "INSERT INTO log VALUES (1)");
        var then = lake.rows("SELECT strftime(committed AT TIME ZONE 'UTC' + INTERVAL 1 MILLISECOND,"
                        + " '%Y-%m-%d %H:%M:%S.%f') FROM (SELECT now() AS committed)")
                .getFirst();
        lake.run("INSERT INTO log VALUES (2)");
        assertThat(lake.rows("SELECT id FROM log FOR SYSTEM_TIME AS OF TIMESTAMP '" + then + "'"))
                .containsExactly("1");
        assertThat(lake.rows("SELECT id FROM log ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void a_table_is_read_at_a_commit(Lake lake) throws SQLException {
        lake.run("CREATE TABLE steps (id BIGINT)", "INSERT INTO steps VALUES (1)");
        var hash = lake.rows("SHOW BRANCHES").stream()
                .filter(row -> row.startsWith("main|"))
                .map(row -> row.split("\\|")[1])
                .findFirst()
                .orElseThrow();
        lake.run("INSERT INTO steps VALUES (2)");
        assertThat(lake.rows("SELECT count(*) FROM steps AT COMMIT '" + hash + "'"))
                .containsExactly("1");
    }

    @Test
    void branches_and_tags_are_listed(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH listed_branch", "CREATE TAG listed_tag");
        assertThat(lake.rows("SHOW BRANCHES").stream().map(row -> row.split("\\|")[0]))
                .contains("main", "listed_branch")
                .doesNotContain("listed_tag");
        assertThat(lake.rows("SHOW TAGS").stream().map(row -> row.split("\\|")[0]))
                .contains("listed_tag")
                .doesNotContain("listed_branch");
    }
}
