package dev.sluice.cli;

import dev.sluice.server.SluiceServer;
import java.util.Locale;

/** What is printed when a server is ready: all that is needed to connect. */
final class ReadyBlock {
    private ReadyBlock() {}

    static String of(SluiceServer server) {
        var endpoint = new Endpoint(server.host(), server.port(), false);
        return String.format(
                Locale.ROOT,
                """

                Sluice %s is ready

                  Flight SQL   %s
                  JDBC         %s
                  Data         %s

                Stop it with Ctrl-C
                """,
                SluiceServer.version(),
                endpoint,
                endpoint.jdbcUrl(),
                server.dataFolder().toAbsolutePath().normalize());
    }
}
