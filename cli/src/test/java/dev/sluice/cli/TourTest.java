package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class TourTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private boolean tour(String script) throws IOException {
        var console = new Console(data, new PrintWriter(new StringWriter()), OptionalInt::empty).inOneStream();
        try (var server = new DuckDbServer();
                var client = SluiceClient.open(server.endpoint(), Map.of());
                var printer = new ResultPrinter(console, OutputSettings.TABLE, client.allocator())) {
            var runner = new ScriptRunner(client, printer, console);
            return new Tour(runner, console, InstantSource.fixed(NOON), Map.of("samples", "/the/samples"))
                    .run(SqlScript.of("demo.sql", script));
        }
    }

    @Test
    void statements_are_shown_with_comments_and_results() throws IOException {
        assertThat(tour("-- Files.\nSELECT '${samples}/a.csv' AS f;\n-- It is ${t=now}.\nSELECT '${t}' AS t"))
                .isTrue();
        assertThat(data.toString(StandardCharsets.UTF_8))
                .contains("""

                -- Files.
                SELECT '/the/samples/a.csv' AS f;
                ┌────────────────────┐
                """, "-- It is 2026-01-02 12:00:00.000000.\nSELECT '2026-01-02 12:00:00.000000' AS t;\n");
    }

    @Test
    void a_failure_ends_it() throws IOException {
        assertThat(tour("SELECT wrong; SELECT 2")).isFalse();
        assertThat(data.toString(StandardCharsets.UTF_8))
                .contains("demo.sql:1:8: error: ")
                .doesNotContain("SELECT 2;");
    }
}
