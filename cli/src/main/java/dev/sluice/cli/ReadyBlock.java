package dev.sluice.cli;

import dev.sluice.server.SluiceServer;

/** What is printed when a server is ready: all that is needed to connect. */
final class ReadyBlock {
    private ReadyBlock() {}

    static String of(SluiceServer server) {
        var endpoint = new Endpoint(server.host(), server.port(), false);
        return """

                Sluice %s is ready

                  Flight SQL   %s
                  JDBC         %s
                  Data         %s

                Stop it with Ctrl-C
                """.formatted(
                        SluiceServer.version(),
                        endpoint,
                        endpoint.jdbcUrl(),
                        server.dataFolder().toAbsolutePath().normalize());
    }
}
