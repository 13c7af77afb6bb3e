package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What became of the lake, commit by commit. */
@ExtendWith(SluiceExtension.class)
final class HistoryTest {
    @Test
    void the_log_tells_who_did_what_newest_first(Lake lake) throws SQLException {
        lake.run(
                "CREATE BRANCH logged",
                "USE BRANCH logged",
                "CREATE SCHEMA diary",
                "CREATE TABLE diary.days (id BIGINT)",
                "INSERT INTO diary.days VALUES (1), (2)",
                "USE BRANCH main");
        try (var statement = lake.connection().createStatement();
                var log = statement.executeQuery("SHOW LOG logged LIMIT 3")) {
            for (var expected : new String[][] {
                {"INSERT INTO diary.days VALUES (1), (2)", "diary.days"},
                {"CREATE TABLE diary.days (id BIGINT)", "diary.days"},
                {"CREATE SCHEMA diary", "diary"}
            }) {
                assertThat(log.next()).isTrue();
                assertThat(log.getString("hash")).matches("[0-9a-f]{64}");
                assertThat(log.getString("author")).isEqualTo("anonymous");
                assertThat(log.getTimestamp("committed")).isNotNull();
                assertThat(log.getString("message")).isEqualTo(expected[0]);
                assertThat(log.getString("changed")).isEqualTo(expected[1]);
            }
            assertThat(log.next()).isFalse();
        }
        assertThat(lake.rows("SHOW LOG logged FOR TABLE diary.DAYS")).hasSize(2);
        assertThat(lake.rows("SHOW LOG").toString()).doesNotContain("diary.days");
    }

    @Test
    void the_log_of_a_merge_names_the_statement_and_what_came(Lake lake) throws SQLException {
        lake.run(
                "CREATE BRANCH merged_later",
                "CREATE TABLE brought AT BRANCH merged_later (id BIGINT)",
                "MERGE BRANCH merged_later INTO main");
        assertThat(lake.rows("SHOW LOG LIMIT 1").getFirst())
                .contains("|MERGE BRANCH merged_later INTO main|")
                .contains("public.brought");
    }

    @Test
    void a_diff_counts_rows_and_files(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE gone AS SELECT range AS id FROM range(5)",
                "CREATE TABLE grown AS SELECT range AS id FROM range(10)",
                "CREATE TABLE same AS SELECT 1 AS id",
                "CREATE BRANCH changes",
                "USE BRANCH changes",
                "CREATE SCHEMA extra",
                "CREATE TABLE extra.fresh AS SELECT range AS id FROM range(7)",
                "INSERT INTO grown VALUES (10), (11)",
                "DROP TABLE gone",
                "USE BRANCH main");
        assertThat(lake.rows("SHOW DIFF main, changes"))
                .containsExactly(
                        "extra|schema|added|null|null|null|null",
                        "extra.fresh|table|added|7|0|1|0",
                        "public.gone|table|removed|0|5|0|1",
                        "public.grown|table|changed|2|0|1|0");
        assertThat(lake.rows("SHOW DIFF changes, BRANCH main FOR TABLE grown"))
                .containsExactly("public.grown|table|changed|0|2|0|1");
        lake.run("MERGE BRANCH changes INTO main");
        assertThat(lake.rows("SHOW DIFF main, changes")).isEmpty();
    }

    @Test
    void two_commits_of_one_branch_differ(Lake lake) throws SQLException {
        lake.run("CREATE TABLE edited AS SELECT range AS id FROM range(4)", "CREATE TAG unedited");
        lake.run("UPDATE edited SET id = 9 WHERE id = 0");
        var hash = lake.rows("SHOW LOG LIMIT 1").getFirst().split("\\|")[0];
        assertThat(lake.rows("SHOW DIFF TAG unedited, COMMIT '" + hash + "' FOR TABLE edited"))
                .containsExactly("public.edited|table|changed|4|4|1|1");
    }

    @Test
    void an_unknown_ref_has_neither_log_nor_diff(Lake lake) {
        for (var sql :
                new String[] {"SHOW LOG no_branch", "SHOW DIFF main, TAG no_tag", "SHOW LOG COMMIT '01234567'"}) {
            assertThatThrownBy(() -> lake.rows(sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void a_dry_run_tells_what_a_merge_would_bring_and_brings_nothing(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE planned (id BIGINT)",
                "INSERT INTO planned VALUES (1), (2)",
                "CREATE TABLE shared_log (id BIGINT)",
                "CREATE BRANCH plan_b",
                "INSERT INTO planned AT BRANCH plan_b VALUES (3)",
                "INSERT INTO shared_log AT BRANCH plan_b VALUES (3)",
                "CREATE TABLE planned_too AT BRANCH plan_b AS SELECT 1 AS id",
                "INSERT INTO shared_log VALUES (4)");
        var before = lake.rows("SHOW LOG LIMIT 1");
        assertThat(lake.rows("MERGE BRANCH plan_b INTO main DRY RUN"))
                .containsExactly(
                        "public.planned|table|changed|1|0|1|0|null|true",
                        "public.planned_too|table|added|1|0|1|0|null|true",
                        "public.shared_log|table|changed|1|0|1|0|null|true");
        assertThat(lake.rows("SHOW LOG LIMIT 1")).isEqualTo(before);
        lake.run("MERGE BRANCH plan_b INTO main");
        assertThat(lake.rows("SELECT id FROM planned ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(lake.rows("MERGE BRANCH plan_b INTO main DRY RUN")).isEmpty();
    }

    @Test
    void a_dry_run_names_the_conflicts_and_the_commits_behind(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE fought AS SELECT range AS id FROM range(3)",
                "CREATE BRANCH fighter",
                "UPDATE fought AT BRANCH fighter SET id = 10 WHERE id = 0",
                "CREATE TABLE calm AT BRANCH fighter (id BIGINT)",
                "DELETE FROM fought WHERE id = 0");
        var rows = lake.rows("MERGE BRANCH fighter INTO BRANCH main DRY RUN");
        assertThat(rows).hasSize(2).allMatch(row -> row.endsWith("|false"));
        assertThat(rows.getFirst()).startsWith("public.calm|table|added|").contains("|null|false");
        assertThat(rows.getLast())
                .contains("changed on both sides", "UPDATE fought", "DELETE FROM fought WHERE id = 0");
        assertThatThrownBy(() -> lake.run("MERGE BRANCH fighter INTO main")).isInstanceOf(SQLException.class);
    }
}
