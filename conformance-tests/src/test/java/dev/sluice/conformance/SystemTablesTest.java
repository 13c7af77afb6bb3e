package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server tells of its own work, and how that is ended. */
@ExtendWith(SluiceExtension.class)
final class SystemTablesTest {
    private static final String ENDLESS = "SELECT count(*) AS endless FROM range(1000000000000) a, range(1000000) b";

    @Test
    void queries_are_remembered_when_they_have_ended(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT 17 AS memorable FROM range(3)")).hasSize(3);
        assertThat(lake.rows("SELECT user, state, rows, text FROM system.queries WHERE text LIKE '%memorable FROM%'"))
                .contains("anonymous|ended|3|SELECT 17 AS memorable FROM range(3)");
        assertThat(lake.rows("DESCRIBE system.queries")).hasSize(7);
    }

    @Test
    void a_running_query_is_shown_and_killed_by_another_session(Lake lake) throws Exception {
        try (var other = lake.connect("");
                var threads = Executors.newSingleThreadExecutor()) {
            var endless = threads.submit(running(other));
            lake.run("KILL '" + await(lake) + "'");
            assertThatThrownBy(endless::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("was killed by 'anonymous'");
        }
        assertThat(lake.rows("SHOW QUERIES")).noneMatch(row -> row.contains("endless"));
    }

    private static Callable<Object> running(Connection connection) {
        return () -> Lake.rows(connection, ENDLESS);
    }

    /** The id of the endless query, once it runs. */
    private static String await(Lake lake) throws SQLException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            var shown = lake.rows("SHOW QUERIES LIKE '%endless%'");
            if (!shown.isEmpty()) {
                assertThat(shown.getFirst()).contains("|anonymous|running|");
                return shown.getFirst().split("\\|")[0];
            }
        }
        throw new AssertionError("The query was never shown");
    }

    @Test
    void what_does_not_run_cannot_be_killed(Lake lake) {
        assertThatThrownBy(() -> lake.run("KILL '0'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("No statement '0' runs: SHOW QUERIES lists those that do");
        assertThatThrownBy(() -> lake.run("KILL 0")).hasMessageContaining("Expected the id of a statement in quotes");
        assertThatThrownBy(() -> lake.run("CREATE SCHEMA system")).hasMessageContaining("the server's own");
    }
}
