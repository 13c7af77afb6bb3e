package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that their clients have left. */
final class TransactionTimeoutTest {
    @Test
    void a_transaction_that_rests_too_long_is_rolled_back_and_says_so(@TempDir Path data) throws Exception {
        var config = ServerConfig.read(
                Optional.empty(),
                Map.of(
                        "data.folder",
                        data.toString(),
                        "flight.port",
                        "0",
                        "engine.memory",
                        "1GB",
                        "session.transaction-timeout",
                        "0.3s"));
        try (var server = SluiceServer.open(config);
                var connection = Lake.connect(server.port(), "")) {
            TransactionsTest.run(connection, "CREATE TABLE patient (n BIGINT)", "BEGIN");
            assertThatThrownBy(() -> {
                        while (true) {
                            TransactionsTest.run(connection, "INSERT INTO patient VALUES (1)");
                            Thread.sleep(600);
                        }
                    })
                    .hasMessageContaining("rested for more than 300 ms and was rolled back");
            TransactionsTest.assertFails(connection, "rested for more than 300 ms", "INSERT INTO patient VALUES (2)");
            assertThatThrownBy(() -> Lake.rows(connection, "SELECT n FROM patient"))
                    .hasMessageContaining("rested for more than 300 ms");
            TransactionsTest.run(connection, "ROLLBACK");
            assertThat(Lake.rows(connection, "SELECT n FROM patient")).isEmpty();
        }
    }
}
