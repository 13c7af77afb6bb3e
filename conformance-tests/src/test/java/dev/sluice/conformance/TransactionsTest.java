package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** BEGIN, COMMIT and ROLLBACK over the stock driver. */
@ExtendWith(SluiceExtension.class)
final class TransactionsTest {
    static void run(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            Connection connection, String message, String sql) {
        return assertThatThrownBy(() -> run(connection, sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_transaction_reads_its_own_writes_and_nobody_else_does_until_it_commits(Lake lake) throws SQLException {
        lake.run("CREATE TABLE seats (id BIGINT, guest VARCHAR)", "INSERT INTO seats VALUES (1, 'free'), (2, 'free')");
        try (var other = lake.connect("")) {
            run(
                    other,
                    "BEGIN",
                    "UPDATE seats SET guest = 'ann' WHERE id = 1",
                    "INSERT INTO seats VALUES (3, 'bob')",
                    "CREATE TABLE bills AS SELECT guest, 10 AS price FROM seats WHERE guest <> 'free'");
            assertThat(Lake.rows(other, "SELECT id, guest FROM seats ORDER BY id"))
                    .containsExactly("1|ann", "2|free", "3|bob");
            assertThat(Lake.rows(other, "SELECT guest FROM bills ORDER BY guest"))
                    .containsExactly("ann", "bob");
            assertThat(lake.rows("SELECT id, guest FROM seats ORDER BY id")).containsExactly("1|free", "2|free");
            assertThatThrownBy(() -> lake.rows("SELECT * FROM bills")).hasMessageContaining("bills");
            run(other, "COMMIT");
        }
        assertThat(lake.rows("SELECT id, guest FROM seats ORDER BY id")).containsExactly("1|ann", "2|free", "3|bob");
        assertThat(lake.rows("SELECT count(*) FROM bills")).containsExactly("2");
        assertThat(lake.rows("SHOW BRANCHES"))
                .anySatisfy(branch -> assertThat(branch)
                        .contains("main", "UPDATE seats SET guest = 'ann' WHERE id = 1;\nINSERT INTO seats"));
    }

    @Test
    void a_rollback_leaves_nothing_and_no_file(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE plain AS SELECT 1 AS id");
        var before = files(lake);
        lake.run(
                "START TRANSACTION",
                "INSERT INTO plain VALUES (2)",
                "DELETE FROM plain WHERE id = 1",
                "CREATE TABLE another AS SELECT * FROM plain",
                "DROP TABLE another",
                "CREATE FUNCTION thrice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS"
                        + " $$ public static long thrice(long x) { return 3 * x; } $$");
        assertThat(lake.rows("SELECT thrice(id) FROM plain")).containsExactly("6");
        lake.run("ROLLBACK");
        assertThat(lake.rows("SELECT id FROM plain")).containsExactly("1");
        assertThatThrownBy(() -> lake.rows("SELECT thrice(1)")).hasMessageContaining("thrice");
        assertThat(files(lake)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(lake.rows("SHOW BRANCHES LIKE 'sluice%'")).isEmpty();
    }

    private static List<Path> files(Lake lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake.data().resolve("warehouse"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_transaction_stays_at_the_commit_at_which_it_began(Lake lake) throws SQLException {
        lake.run("CREATE TABLE prices_now AS SELECT 1 AS price", "CREATE BRANCH aside_of_prices");
        try (var other = lake.connect("")) {
            run(other, "BEGIN ISOLATION LEVEL SNAPSHOT");
            assertThat(Lake.rows(other, "SELECT price FROM prices_now AT BRANCH aside_of_prices"))
                    .containsExactly("1");
            lake.run("UPDATE prices_now SET price = 2", "UPDATE prices_now AT BRANCH aside_of_prices SET price = 3");
            assertThat(Lake.rows(other, "SELECT price FROM prices_now")).containsExactly("1");
            assertThat(Lake.rows(other, "SELECT price FROM prices_now AT BRANCH aside_of_prices"))
                    .containsExactly("1");
            run(other, "CREATE TABLE unrelated (id BIGINT)");
            assertThat(Lake.rows(other, "SELECT price FROM prices_now")).containsExactly("1");
            run(other, "COMMIT");
            assertThat(Lake.rows(other, "SELECT price FROM prices_now")).containsExactly("2");
        }
    }

    @Test
    void rows_that_two_transactions_add_to_one_table_are_all_there(Lake lake) throws SQLException {
        lake.run("CREATE TABLE log_lines (line VARCHAR)");
        try (var one = lake.connect("");
                var two = lake.connect("")) {
            run(one, "BEGIN", "INSERT INTO log_lines VALUES ('one')");
            run(two, "BEGIN", "INSERT INTO log_lines VALUES ('two')");
            lake.run("INSERT INTO log_lines VALUES ('three')");
            run(one, "INSERT INTO log_lines VALUES ('four')", "COMMIT");
            run(two, "COMMIT");
        }
        assertThat(lake.rows("SELECT line FROM log_lines ORDER BY line"))
                .containsExactly("four", "one", "three", "two");
    }

    @Test
    void a_statement_that_fails_changes_nothing_and_the_transaction_goes_on(Lake lake) throws SQLException {
        lake.run("CREATE TABLE sturdy (n INTEGER)");
        try (var other = lake.connect("")) {
            run(other, "BEGIN", "INSERT INTO sturdy VALUES (1)");
            assertThatThrownBy(() -> run(other, "INSERT INTO sturdy SELECT 1 // 0 + CAST('x' AS INTEGER)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(other, "INSERT INTO nowhere VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            run(other, "INSERT INTO sturdy VALUES (2)", "COMMIT");
        }
        assertThat(lake.rows("SELECT n FROM sturdy ORDER BY n")).containsExactly("1", "2");
    }

    @Test
    void a_statement_prepared_before_runs_in_the_transaction(Lake lake) throws SQLException {
        lake.run("CREATE TABLE prepared_before (n BIGINT)");
        try (var other = lake.connect("");
                var insert = other.prepareStatement("INSERT INTO prepared_before VALUES (?)");
                var count = other.prepareStatement("SELECT count(*) FROM prepared_before")) {
            run(other, "BEGIN");
            insert.setLong(1, 1);
            insert.executeUpdate();
            try (var rows = count.executeQuery()) {
                assertThat(Lake.rows(rows)).containsExactly("1");
            }
            assertThat(Lake.rows(other, "EXPLAIN SELECT * FROM prepared_before WHERE n = 1"))
                    .first()
                    .asString()
                    .contains("files 1 of 1");
            run(other, "ROLLBACK");
            try (var rows = count.executeQuery()) {
                assertThat(Lake.rows(rows)).containsExactly("0");
            }
            insert.setLong(1, 2);
            insert.executeUpdate();
        }
        assertThat(lake.rows("SELECT n FROM prepared_before")).containsExactly("2");
    }

    @Test
    void begin_and_end_belong_together(Lake lake) throws SQLException {
        try (var other = lake.connect("")) {
            assertFails(other, "No transaction is open", "COMMIT");
            assertFails(other, "No transaction is open", "ROLLBACK");
            run(other, "BEGIN");
            assertFails(other, "open in this session already", "BEGIN");
            run(other, "ABORT", "BEGIN WORK", "COMMIT");
            assertFails(
                    other,
                    "Expected SERIALIZABLE, SNAPSHOT or REPEATABLE READ",
                    "BEGIN ISOLATION LEVEL READ COMMITTED");
            assertFails(other, "SAVEPOINT is not supported", "SAVEPOINT a");
        }
    }

    @Test
    void a_transaction_stays_on_its_branch(Lake lake) throws SQLException {
        lake.run("CREATE TABLE at_home (n BIGINT)", "CREATE BRANCH away");
        try (var other = lake.connect("")) {
            run(other, "BEGIN", "INSERT INTO at_home VALUES (1)");
            for (var sql : List.of(
                    "USE BRANCH away",
                    "CREATE BRANCH more",
                    "CREATE TAG more",
                    "DROP BRANCH away",
                    "MERGE BRANCH away INTO main",
                    "INSERT INTO at_home AT BRANCH away VALUES (2)")) {
                assertFails(other, "transaction", sql);
            }
            assertThat(Lake.rows(other, "SELECT count(*) FROM at_home AT BRANCH away"))
                    .containsExactly("0");
            run(other, "COMMIT", "USE BRANCH away", "BEGIN", "INSERT INTO at_home VALUES (3)", "COMMIT");
        }
        assertThat(lake.rows("SELECT n FROM at_home")).containsExactly("1");
        assertThat(lake.rows("SELECT n FROM at_home AT BRANCH away")).containsExactly("3");
    }

    @Test
    void branches_of_transactions_are_nobody_elses(Lake lake) throws SQLException {
        for (var sql : List.of(
                "CREATE BRANCH \"sluice-tx/mine\"",
                "DROP BRANCH \"sluice-tx/mine\"",
                "USE BRANCH \"sluice-tx/mine\"",
                "MERGE BRANCH \"sluice-tx/mine\" INTO main")) {
            assertFails(lake.connection(), "are the server's own", sql);
        }
    }

    @Test
    void a_transaction_on_a_tag_only_reads(Lake lake) throws SQLException {
        lake.run("CREATE TABLE sealed_off AS SELECT 1 AS n", "CREATE TAG sealed");
        try (var other = lake.connect("&ref=sealed")) {
            run(other, "BEGIN");
            assertThat(Lake.rows(other, "SELECT n FROM sealed_off")).containsExactly("1");
            assertFails(other, "cannot be written to", "INSERT INTO sealed_off VALUES (2)");
            run(other, "COMMIT");
        }
    }
}
