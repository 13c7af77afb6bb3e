package dev.sluice.cli;

import dev.sluice.server.SluiceServer;

/** What is printed when a server is ready: all that is needed to connect. */
final class ReadyBlock {
    private ReadyBlock() {}

    static String of(SluiceServer server) {
        var endpoint = new Endpoint(server.host(), server.port(), false);
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
    }
}
