package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** REVERT TABLE. */
@ExtendWith(SluiceExtension.class)
final class RevertTest {
    @Test
    void a_table_is_put_back_to_a_tag_and_its_past_stays(Lake lake) throws SQLException {
        lake.run("CREATE TABLE undone AS SELECT range AS id FROM range(3)", "CREATE TAG good", "DELETE FROM undone");
        var bad = snapshot(lake, "undone");
        lake.run("REVERT TABLE undone TO TAG good");
        assertThat(lake.rows("SELECT id FROM undone ORDER BY id")).containsExactly("0", "1", "2");
        assertThat(lake.rows("SELECT count(*) FROM undone FOR VERSION AS OF " + bad))
                .containsExactly("0");
        assertThat(lake.rows("SHOW LOG LIMIT 1").getFirst()).contains("|REVERT TABLE undone TO TAG good|public.undone");
        lake.run("INSERT INTO undone VALUES (3)");
        assertThat(lake.rows("SELECT count(*) FROM undone")).containsExactly("4");
        assertThat(lake.rows("SELECT count(*) FROM undone$history")).containsExactly("4");
    }

    @Test
    void a_table_is_put_back_to_a_snapshot_of_its_own(Lake lake) throws SQLException {
        lake.run("CREATE TABLE stepped (id BIGINT)", "INSERT INTO stepped VALUES (1)");
        var first = snapshot(lake, "stepped");
        lake.run("INSERT INTO stepped VALUES (2)", "REVERT TABLE stepped TO SNAPSHOT " + first);
        assertThat(lake.rows("SELECT id FROM stepped")).containsExactly("1");
    }

    @Test
    void its_columns_come_back_too(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE reshaped AS SELECT 1 AS id, 'a' AS name",
                "CREATE TAG with_name",
                "ALTER TABLE reshaped DROP COLUMN name",
                "INSERT INTO reshaped VALUES (2)",
                "REVERT TABLE reshaped TO TAG with_name");
        assertThat(lake.rows("SELECT * FROM reshaped")).containsExactly("1|a");
    }

    @Test
    void a_dropped_table_comes_back(Lake lake) throws SQLException {
        lake.run("CREATE TABLE lost AS SELECT 7 AS id");
        var hash = lake.rows("SHOW LOG LIMIT 1").getFirst().split("\\|")[0];
        lake.run("DROP TABLE lost", "REVERT TABLE lost TO COMMIT '" + hash + "'");
        assertThat(lake.rows("SELECT id FROM lost")).containsExactly("7");
        lake.run("INSERT INTO lost VALUES (8)");
        assertThat(lake.rows("SELECT count(*) FROM lost")).containsExactly("2");
    }

    @Test
    void a_table_takes_what_another_branch_has(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE taken AS SELECT 1 AS id",
                "CREATE BRANCH better",
                "INSERT INTO taken AT BRANCH better VALUES (2)",
                "INSERT INTO taken VALUES (9)",
                "REVERT TABLE taken TO better");
        assertThat(lake.rows("SELECT id FROM taken ORDER BY id")).containsExactly("1", "2");
        lake.run("REVERT TABLE taken AT BRANCH better TO COMMIT '"
                + lake.rows("SHOW LOG better FOR TABLE taken").getLast().split("\\|")[0] + "'");
        assertThat(lake.rows("SELECT id FROM taken AT BRANCH better")).containsExactly("1");
    }

    @Test
    void an_empty_state_comes_back_empty(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE filled (id BIGINT)",
                "CREATE TAG unfilled",
                "INSERT INTO filled VALUES (1)",
                "REVERT TABLE filled TO TAG unfilled");
        assertThat(lake.rows("SELECT count(*) FROM filled")).containsExactly("0");
        lake.run("INSERT INTO filled VALUES (2)");
        assertThat(lake.rows("SELECT id FROM filled")).containsExactly("2");
    }

    @Test
    void what_was_never_there_cannot_come_back(Lake lake) throws SQLException {
        lake.run("CREATE TAG before_it", "CREATE TABLE newborn (id BIGINT)");
        for (var refused : new String[][] {
            {"REVERT TABLE newborn TO TAG before_it", "newborn does not exist on TAG before_it"},
            {"REVERT TABLE newborn TO SNAPSHOT 17", "has no snapshot 17"},
            {"REVERT TABLE newborn TO no_branch", "BRANCH no_branch does not exist"},
            {"REVERT TABLE newborn AT TAG before_it TO main", "Only a branch can be written to"},
            {"REVERT TABLE newborn", "Expected TO"}
        }) {
            assertThatThrownBy(() -> lake.run(refused[0]))
                    .as(refused[0])
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(refused[1]);
        }
    }

    private static String snapshot(Lake lake, String table) throws SQLException {
        return lake.rows("SELECT snapshot_id FROM " + table + "$history ORDER BY made_current_at DESC LIMIT 1")
                .getFirst();
    }
}
