package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * One embedded DuckDB without tables, which can touch no file but those it was allowed, and whose configuration is
 * locked. Thread-safe.
 */
final class Database implements AutoCloseable {
    /**
     * With threads for asynchronous writes, DuckDB 2.0.0 hangs for ever now and then when a COPY fails: the one that
     * aborts waits for a write that waits for its lock. Without them, it writes as fast.
     */
    private static final String NO_ASYNCHRONOUS_WRITES = "async_threads = 0";

    private static final String TEMP_PREFIX = "duckdb-";

    /** Connections are copies of one of these, with its settings. */
    private final DuckDBConnection base;

    private final DuckDBConnection streaming;

    private Database(DuckDBConnection base, DuckDBConnection streaming) {
        this.base = base;
        this.streaming = streaming;
    }

    /**
     * What a database may use.
     *
     * @param temp has a folder for each database, which empties its own when it is closed
     * @param folders folders that it may read and write
     * @param files single files that it may read
     */
    record Limits(Path temp, long memoryBytes, long tempBytes, int threads, List<Path> folders, List<Path> files) {
        private Path ownTemp() {
            return temp.resolve(TEMP_PREFIX + UUID.randomUUID());
        }
    }

    /** Deletes what databases that never closed have left in the folder. */
    static void deleteLeftovers(Path temp) throws IOException {
        try (var folders = Files.newDirectoryStream(temp, TEMP_PREFIX + "*")) {
            for (var folder : folders) {
                Folders.delete(folder);
            }
        }
    }

    static Database open(Limits limits) {
        try {
            var base = (DuckDBConnection)
                    DriverManager.getConnection("jdbc:duckdb:memory:" + UUID.randomUUID(), new Properties());
            try {
                HashFunctions.register(base);
                configure(base, limits);
                var streaming = base.duplicate();
                set(streaming, "jdbc_stream_results = true");
                set(base, "lock_configuration = true");
                return new Database(base, streaming);
            } catch (SQLException e) {
                base.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }

    private static void set(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET " + setting);
        }
    }

    private static void configure(DuckDBConnection connection, Limits limits) throws SQLException {
        for (var setting : List.of(
                "errors_as_json = true",
                "TimeZone = 'UTC'",
                "jdbc_stream_results = false",
                NO_ASYNCHRONOUS_WRITES,
                "enable_progress_bar = true",
                "enable_progress_bar_print = false",
                "memory_limit = '" + limits.memoryBytes() / 1024 + "KiB'",
                "temp_directory = " + QualifiedName.literal(limits.ownTemp().toString()),
                "max_temp_directory_size = '" + limits.tempBytes() / 1024 + "KiB'",
                "threads = " + limits.threads(),
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "allow_community_extensions = false",
                "allowed_directories = " + list(limits.folders(), "/"),
                "allowed_paths = " + list(limits.files(), ""),
                "enable_external_access = false")) {
            set(connection, setting);
        }
    }

    /** DuckDB follows links before it looks a path up. */
    private static String list(List<Path> paths, String suffix) {
        return paths.stream()
                .map(path -> QualifiedName.literal(real(path) + suffix))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection with the database's settings; results are whole, not streamed. */
    @MustBeClosed
    DuckDBConnection connect() {
        try {
            return base.duplicate();
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }

    /** A connection whose results are streamed, never whole. */
    @MustBeClosed
    DuckDBConnection connectStreaming() {
        try {
            return streaming.duplicate();
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }

    /** The connection that functions are registered on. */
    DuckDBConnection base() {
        return base;
    }

    @Override
    public void close() {
        try (base;
                streaming) {
            // both are closed here
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }
}
