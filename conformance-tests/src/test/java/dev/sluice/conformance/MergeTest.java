package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MERGE INTO, by what becomes of the rows. */
@ExtendWith(SluiceExtension.class)
final class MergeTest {
    /** Accounts 1, 2 and 3; movements of 2, 3 and 4. */
    @BeforeEach
    void fill(Lake lake) throws SQLException {
        lake.run(
                "DROP TABLE IF EXISTS accounts",
                "DROP TABLE IF EXISTS moves",
                "CREATE TABLE accounts (id BIGINT NOT NULL, owner VARCHAR, balance DECIMAL(20, 2))",
                "INSERT INTO accounts VALUES (1, 'ada', 10), (2, 'bob', 20), (3, 'cy', 30)",
                "CREATE TABLE moves (id BIGINT, owner VARCHAR, balance DECIMAL(20, 2))",
                "INSERT INTO moves VALUES (2, 'bea', 5), (3, NULL, -30), (4, 'dee', 40)");
    }

    private static String[] accounts(Lake lake) throws SQLException {
        return lake.rows("SELECT * FROM accounts ORDER BY id").toArray(String[]::new);
    }

    @Test
    void rows_are_updated_deleted_and_inserted_in_one_commit(Lake lake) throws SQLException {
        assertThat(lake.update("""
                MERGE INTO accounts AS a USING moves m ON a.id = m.id
                WHEN MATCHED AND a.balance + m.balance = 0 THEN DELETE
                WHEN MATCHED THEN UPDATE SET balance = a.balance + m.balance
                WHEN NOT MATCHED THEN INSERT *""")).isEqualTo(3);
        assertThat(accounts(lake)).containsExactly("1|ada|10.00", "2|bob|25.00", "4|dee|40.00");
    }

    @Test
    void rows_that_the_source_lacks_are_changed_too(Lake lake) throws SQLException {
        assertThat(lake.update("""
                MERGE INTO accounts USING moves ON accounts.id = moves.id
                WHEN NOT MATCHED BY SOURCE AND owner = 'nobody' THEN DELETE
                WHEN NOT MATCHED BY SOURCE THEN UPDATE SET owner = upper(accounts.owner)""".replace("AND owner", "AND accounts.owner"))).isEqualTo(1);
        assertThat(accounts(lake)).containsExactly("1|ADA|10.00", "2|bob|20.00", "3|cy|30.00");
        assertThat(lake.update("""
                MERGE INTO accounts a USING moves m ON a.id = m.id
                WHEN MATCHED THEN UPDATE SET *
                WHEN NOT MATCHED BY TARGET THEN INSERT (balance, id) VALUES (m.balance * 2, m.id)
                WHEN NOT MATCHED BY SOURCE THEN DELETE""")).isEqualTo(4);
        assertThat(accounts(lake)).containsExactly("2|bea|5.00", "3|null|-30.00", "4|null|80.00");
    }

    @Test
    void the_first_clause_that_takes_a_row_wins_and_a_null_condition_takes_none(Lake lake) throws SQLException {
        assertThat(lake.update("""
                MERGE INTO accounts a USING moves m ON a.id = m.id
                WHEN MATCHED AND m.owner > 'a' THEN UPDATE SET owner = 'first'
                WHEN MATCHED AND a.balance > 0 THEN UPDATE SET owner = 'second'""")).isEqualTo(2);
        assertThat(accounts(lake)).containsExactly("1|ada|10.00", "2|first|20.00", "3|second|30.00");
        assertThat(lake.update("MERGE INTO accounts a USING moves m ON a.id = m.id WHEN MATCHED AND m.id > 9 THEN"
                        + " DELETE"))
                .isZero();
    }

    @Test
    void a_value_keeps_all_of_its_digits_beside_one_of_another_type(Lake lake) throws SQLException {
        lake.run("""
                MERGE INTO accounts a USING moves m ON a.id = m.id
                WHEN MATCHED AND a.id = 2 THEN UPDATE SET balance = 123456789012345678.91, owner = 7
                WHEN MATCHED THEN UPDATE SET balance = 1.5::DOUBLE""");
        assertThat(accounts(lake)).containsExactly("1|ada|10.00", "2|7|123456789012345678.91", "3|cy|1.50");
    }

    @Test
    void a_row_that_two_rows_of_the_source_would_change_is_an_error(Lake lake) throws SQLException {
        lake.run("INSERT INTO moves VALUES (2, 'again', 1)");
        assertThatThrownBy(() -> lake.run("MERGE INTO accounts a USING moves m\nON a.id = m.id\n"
                        + "WHEN MATCHED THEN UPDATE SET balance = 0"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("2 rows of the source");
        assertThat(accounts(lake)).containsExactly("1|ada|10.00", "2|bob|20.00", "3|cy|30.00");
        assertThat(lake.update("MERGE INTO accounts a USING moves m ON a.id = m.id WHEN MATCHED AND m.owner = 'again'"
                        + " THEN UPDATE SET balance = m.balance WHEN NOT MATCHED THEN INSERT *"))
                .isEqualTo(2);
        assertThat(lake.update("MERGE INTO accounts a USING moves m ON a.id = m.id WHEN MATCHED THEN DELETE"))
                .isEqualTo(3);
        assertThat(accounts(lake)).containsExactly("1|ada|10.00");
    }

    @Test
    void parameters_go_where_they_stand(Lake lake) throws SQLException {
        try (var merge = lake.connection().prepareStatement("""
                MERGE INTO accounts a USING (SELECT ?::BIGINT AS id, ?::VARCHAR AS owner) m ON a.id = m.id AND a.balance > ?
                WHEN MATCHED AND a.owner = ? THEN UPDATE SET owner = m.owner, balance = ?
                WHEN NOT MATCHED THEN INSERT (owner, id) VALUES (?, m.id)""")) {
            merge.setLong(1, 2);
            merge.setString(2, "new");
            merge.setBigDecimal(3, new BigDecimal("15.00"));
            merge.setString(4, "bob");
            merge.setBigDecimal(5, new BigDecimal("99.50"));
            merge.setString(6, "unused");
            assertThat(merge.executeUpdate()).isEqualTo(1);
            merge.setBigDecimal(3, new BigDecimal("1000.00"));
            merge.setNull(5, Types.DECIMAL);
            merge.setString(6, "late");
            assertThat(merge.executeUpdate()).isEqualTo(1);
        }
        assertThat(accounts(lake)).containsExactlyInAnyOrder("1|ada|10.00", "2|new|99.50", "2|late|null", "3|cy|30.00");
    }

    @Test
    void a_branch_is_merged_into_and_another_is_the_source(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH desk", "INSERT INTO moves AT BRANCH desk VALUES (9, 'ida', 1)");
        lake.run("MERGE INTO accounts AT BRANCH desk a USING moves AT BRANCH desk AS m ON a.id = m.id"
                + " WHEN NOT MATCHED THEN INSERT *");
        assertThat(lake.rows("SELECT id FROM accounts AT BRANCH desk ORDER BY id"))
                .containsExactly("1", "2", "3", "4", "9");
        assertThat(lake.rows("SELECT count(*) FROM accounts")).containsExactly("3");
        lake.run("DROP BRANCH desk");
    }

    @Test
    void a_partitioned_table_is_merged_into_itself(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE days (d DATE, n BIGINT) PARTITIONED BY (month(d))",
                "INSERT INTO days SELECT DATE '2024-01-01' + range::INTEGER, range FROM range(60)");
        assertThat(lake.update("""
                MERGE INTO days USING (SELECT d + INTERVAL 40 DAY AS d, n + 40 AS n FROM days) later
                ON days.d = later.d AND days.n = later.n
                WHEN MATCHED THEN UPDATE SET d = DATE '2025-01-01'
                WHEN NOT MATCHED THEN INSERT *""")).isEqualTo(60);
        assertThat(lake.rows("SELECT year(d), count(*), sum(n) FROM days GROUP BY 1 ORDER BY 1"))
                .containsExactly("2024|80|3960", "2025|20|990");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHEN MATCHED THEN UPDATE SET id = NULL",
                "WHEN MATCHED THEN UPDATE SET balance = m.owner",
                "WHEN NOT MATCHED THEN INSERT VALUES (NULL, 'x', 1)",
                "WHEN MATCHED THEN UPDATE SET owner = m.nope",
                "WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT (id) VALUES (error('no'))"
            })
    void a_merge_that_fails_changes_nothing(String clauses, Lake lake) throws SQLException {
        assertThatThrownBy(() -> lake.run("MERGE INTO accounts a USING moves m ON a.id = m.id " + clauses))
                .isInstanceOf(SQLException.class);
        assertThat(accounts(lake)).containsExactly("1|ada|10.00", "2|bob|20.00", "3|cy|30.00");
    }
}
