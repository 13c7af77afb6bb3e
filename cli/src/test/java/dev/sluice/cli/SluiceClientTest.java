package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SluiceClientTest {
    private static long count(Rows rows) {
        var count = 0L;
        while (rows.next()) {
            count += rows.batch().getRowCount();
        }
        return count;
    }

    @Test
    void a_cancelled_statement_ends_on_the_server_and_the_session_goes_on() throws IOException, InterruptedException {
        try (var server = new DuckDbServer();
                var client = SluiceClient.open(server.endpoint(), Map.of())) {
            assertThatThrownBy(() -> client.run("SELECT * FROM range(100000000000)", rows -> {
                        rows.next();
                        client.cancel();
                        return count(rows);
                    }))
                    .isInstanceOfSatisfying(
                            StatementException.class,
                            e -> assertThat(e.isCancelled()).isTrue());
            assertThat(server.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(client.run("SELECT * FROM range(10)", SluiceClientTest::count))
                    .isEqualTo(new Outcome.Returned(10));
        }
    }

    @Test
    void progress_is_the_servers() throws IOException {
        try (var server = new DuckDbServer();
                var client = SluiceClient.open(server.endpoint(), Map.of())) {
            assertThat(Progress.parse(client.progress())).hasValueSatisfying(progress -> {
                assertThat(progress.percent()).hasValue(42.0);
                assertThat(progress.rows()).isEqualTo(123);
            });
        }
    }

    @Test
    void progress_without_a_percentage_or_a_statement_is_known_as_such() {
        assertThat(Progress.parse("[]")).isEmpty();
        assertThat(Progress.parse("no JSON")).isEmpty();
        assertThat(Progress.parse("[{\"id\":\"x\",\"percent\":-1,\"rows\":0}]"))
                .hasValueSatisfying(progress -> assertThat(progress.percent()).isEmpty());
    }
}
