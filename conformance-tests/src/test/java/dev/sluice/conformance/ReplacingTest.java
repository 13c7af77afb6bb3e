package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CREATE OR REPLACE TABLE. */
@ExtendWith(SluiceExtension.class)
final class ReplacingTest {
    @Test
    void a_table_is_replaced_with_other_columns_and_rows(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE a (id INTEGER, name VARCHAR)",
                "INSERT INTO a VALUES (1, 'x')",
                "CREATE OR REPLACE TABLE a (name INTEGER, day DATE) PARTITIONED BY (month(day))",
                "INSERT INTO a VALUES (7, DATE '2024-02-03')");
        assertThat(lake.rows("SELECT * FROM a")).containsExactly("7|2024-02-03");
        assertThat(lake.rows("DESCRIBE a"))
                .extracting(row -> row.split("\\|")[0])
                .containsExactly("name", "day");
        lake.run("CREATE OR REPLACE TABLE a (id INTEGER)");
        assertThat(lake.rows("SELECT count(*) FROM a")).containsExactly("0");
    }

    @Test
    void its_snapshots_stay_to_be_read(Lake lake) throws SQLException {
        lake.run("CREATE TABLE h AS SELECT 1 AS id, 'old' AS name");
        var snapshot = lake.rows("SELECT snapshot_id FROM h$snapshots").getFirst();
        lake.run("CREATE OR REPLACE TABLE h AS SELECT 2.5 AS name");
        assertThat(lake.rows("SELECT * FROM h")).containsExactly("2.5");
        assertThat(lake.rows("SELECT * FROM h FOR VERSION AS OF " + snapshot)).containsExactly("1|old");
        assertThat(lake.rows("SELECT count(*) FROM h$snapshots")).containsExactly("2");
    }

    @Test
    void a_table_may_be_replaced_by_its_own_rows(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE own AS SELECT range AS id, 'n' || range AS name FROM range(10)",
                "CREATE OR REPLACE TABLE own AS SELECT name, id * 2 AS double FROM own WHERE id < 3");
        assertThat(lake.rows("SELECT * FROM own ORDER BY name")).containsExactly("n0|0", "n1|2", "n2|4");
    }

    @Test
    void a_column_of_another_name_does_not_get_the_values_of_the_old(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE ids (a INTEGER, b INTEGER)",
                "INSERT INTO ids VALUES (1, 2)",
                "CREATE OR REPLACE TABLE ids (c INTEGER, b INTEGER) TBLPROPERTIES ('format-version' = '3')",
                "INSERT INTO ids VALUES (3, 4)");
        assertThat(lake.rows("SELECT c, b FROM ids")).containsExactly("3|4");
        assertThat(lake.rows("SELECT a, b FROM ids FOR VERSION AS OF "
                        + lake.rows("SELECT min_by(snapshot_id, committed_at) FROM ids$snapshots")
                                .getFirst()))
                .containsExactly("1|2");
    }

    @Test
    void what_fails_replaces_nothing(Lake lake) throws SQLException {
        lake.run("CREATE TABLE kept AS SELECT 1 AS id");
        assertThatThrownBy(() -> lake.run("CREATE OR REPLACE TABLE kept AS SELECT CAST('x' AS INTEGER) AS id"))
                .hasMessageContaining("'x'");
        assertThat(lake.rows("SELECT id FROM kept")).containsExactly("1");
    }

    @Test
    void a_view_is_not_replaced_by_a_table(Lake lake) throws SQLException {
        lake.run("CREATE VIEW seen AS SELECT 1 AS id");
        assertThatThrownBy(() -> lake.run("CREATE OR REPLACE TABLE seen (id INTEGER)"))
                .hasMessageContaining("exists already");
    }
}
