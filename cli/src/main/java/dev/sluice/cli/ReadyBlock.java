package dev.sluice.cli;

import dev.sluice.server.SluiceServer;
import java.util.Locale;

/** What is printed when a server is ready: all that is needed to connect. */
final class ReadyBlock {
    private ReadyBlock() {}

    static String of(SluiceServer server) {
        var endpoint = new Endpoint(server.host(), server.port(), false);
<<<<<<< HEAD
        return String.join(
                System.lineSeparator(),
                "",
                "Sluice " + SluiceServer.version() + " is ready",
                "",
                "  Flight SQL   " + endpoint,
                "  JDBC         " + endpoint.jdbcUrl(),
                "  Data         " + server.dataFolder().toAbsolutePath().normalize(),
                "",
                "Stop it with Ctrl-C",
                "");
=======
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
>>>>>>> w/cli
    }
}
