package dev.sluice.bench;

import dev.sluice.server.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What the numbers of a run depend on, in words. */
record Machine(List<String> facts) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    Machine {
        facts = List.copyOf(facts);
    }

    static Machine here() throws IOException, SQLException {
        try (var duck = Database.connect("jdbc:duckdb:")) {
            return new Machine(List.of(
                    Runtime.getRuntime().availableProcessors() + " processors ("
                            + field(PROCESSORS, "model name", System.getProperty("os.arch")) + "), memory "
                            + field(MEMORY, "MemTotal", "unknown"),
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                            + Runtime.version(),
                    "Sluice " + SluiceServer.version() + ", DuckDB " + duck.version()
                            + " in both, Arrow Flight SQL JDBC driver"));
        }
    }

    private static String field(Path file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
