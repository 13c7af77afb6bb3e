package dev.sluice.bench;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** A Sluice server in this process, and one connection to it by the stock JDBC driver. Confined to one thread. */
record ServedLake(SluiceServer server, Database database, Path folder) implements AutoCloseable {
    /** Starts it on a new folder. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() does
    static ServedLake open(Path folder, String memory) throws SQLException {
        var server = SluiceServer.open(ServerConfig.read(
                Optional.empty(),
                Map.of("data.folder", folder.toString(), "flight.port", "0", "engine.memory", memory)));
        try {
            var url = "jdbc:arrow-flight-sql://127.0.0.1:" + server.port() + "/?useEncryption=false";
            return new ServedLake(server, Database.connect(url), folder);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    /** Of all files of its tables: data, deletes and metadata. */
    long bytes() throws IOException {
        try (var paths = Files.walk(folder.resolve("warehouse"))) {
            return paths.mapToLong(
                            path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        }
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            database.close();
        }
    }
}
