package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Branches that take changes by merges alone. */
@ExtendWith(SluiceExtension.class)
final class ProtectionTest {
    @Test
    void a_protected_branch_takes_merges_alone(Lake lake) throws SQLException {
        lake.run(
                "CREATE BRANCH release",
                "CREATE TABLE shipped AT BRANCH release AS SELECT 1 AS id",
                "CREATE BRANCH work FROM release",
                "ALTER BRANCH release SET PROTECTED",
                "ALTER BRANCH release SET PROTECTED",
                "INSERT INTO shipped AT BRANCH work VALUES (2)");
        for (var sql : List.of(
                "INSERT INTO shipped AT BRANCH release VALUES (3)",
                "DELETE FROM shipped AT BRANCH release",
                "CREATE TABLE more AT BRANCH release (id BIGINT)",
                "DROP TABLE shipped AT BRANCH release",
                "REVERT TABLE shipped AT BRANCH release TO work",
                "DROP BRANCH release")) {
            assertRefused(lake, sql);
        }
        assertThat(lake.rows("SHOW BRANCHES LIKE 'release'").getFirst()).endsWith("|true");
        assertThat(lake.rows("SHOW BRANCHES LIKE 'work'").getFirst()).endsWith("|false");
        lake.run("MERGE BRANCH work INTO release");
        assertThat(lake.rows("SELECT id FROM shipped AT BRANCH release ORDER BY id"))
                .containsExactly("1", "2");
        lake.run("ALTER BRANCH release SET UNPROTECTED", "INSERT INTO shipped AT BRANCH release VALUES (3)");
        lake.run("DROP BRANCH release");
    }

    @Test
    void neither_the_session_nor_a_transaction_gets_around_it(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH vault", "ALTER BRANCH vault SET PROTECTED");
        try (var other = lake.connect("&ref=vault");
                var statement = other.createStatement()) {
            for (var sql : List.of("CREATE SCHEMA s", "CREATE TABLE t (id BIGINT)")) {
                assertThatThrownBy(() -> statement.executeUpdate(sql)).hasMessageContaining("is protected");
                statement.executeUpdate("BEGIN");
                assertThatThrownBy(() -> statement.executeUpdate(sql)).hasMessageContaining("is protected");
                statement.executeUpdate("ROLLBACK");
            }
        }
        assertThat(lake.rows("SHOW DIFF main, vault")).isEmpty();
    }

    @Test
    void a_transaction_that_was_open_when_its_branch_was_protected_cannot_commit(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH late", "CREATE TABLE arrivals AT BRANCH late (id BIGINT)");
        try (var other = lake.connect("&ref=late");
                var statement = other.createStatement()) {
            statement.executeUpdate("BEGIN");
            statement.executeUpdate("INSERT INTO arrivals VALUES (1)");
            lake.run("ALTER BRANCH late SET PROTECTED");
            assertThatThrownBy(() -> statement.executeUpdate("COMMIT")).hasMessageContaining("is protected");
            assertThatThrownBy(() -> statement.executeUpdate("ROLLBACK")).hasMessageContaining("No transaction");
        }
        assertThat(lake.rows("SELECT * FROM arrivals AT BRANCH late")).isEmpty();
    }

    @Test
    void it_outlives_the_server_and_is_not_listed(@TempDir Path data) throws SQLException {
        try (var lake = Lake.open(data)) {
            lake.run("CREATE TABLE kept (id BIGINT)", "ALTER BRANCH main SET PROTECTED");
        }
        try (var lake = Lake.open(data)) {
            assertRefused(lake, "INSERT INTO kept VALUES (1)");
            assertThat(lake.rows("SHOW BRANCHES")).hasSize(1);
            assertThat(lake.rows("SHOW LOG \"sluice-protected\" LIMIT 1").getFirst())
                    .contains("|ALTER BRANCH main SET PROTECTED|");
        }
    }

    @Test
    void only_a_branch_that_is_there_can_be_protected(Lake lake) {
        assertThatThrownBy(() -> lake.run("ALTER BRANCH no_branch SET PROTECTED"))
                .hasMessageContaining("BRANCH no_branch does not exist");
        assertThatThrownBy(() -> lake.run("ALTER BRANCH main SET HIDDEN")).hasMessageContaining("Expected UNPROTECTED");
    }

    private static void assertRefused(Lake lake, String sql) {
        assertThatThrownBy(() -> lake.run(sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("is protected")
                .hasMessageContaining("SET UNPROTECTED");
    }
}
