package dev.sluice.conformance;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real server of this JVM, and what a test says to it through the stock JDBC driver. Confined to one thread. */
final class Lake implements AutoCloseable {
    private final Path data;
    private final SluiceServer server;
    private final Connection connection;

    private Lake(Path data, SluiceServer server, Connection connection) {
        this.data = data;
        this.server = server;
        this.connection = connection;
    }

    @MustBeClosed
    static Lake open(Path data) throws SQLException {
        return open(data, Map.of());
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() does
    static Lake open(Path data, Map<String, String> settings) throws SQLException {
        var all = new HashMap<>(Map.of("data.folder", data.toString(), "flight.port", "0", "engine.memory", "1GB"));
        all.putAll(settings);
        var server = SluiceServer.open(ServerConfig.read(Optional.empty(), all));
        return new Lake(data, server, connect(server.port(), ""));
    }

    /** A new connection to the server of a port; the parameters begin with {@code &}. */
    @MustBeClosed
    static Connection connect(int port, String parameters) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + port + "/?useEncryption=false" + parameters);
    }

    @MustBeClosed
    Connection connect(String parameters) throws SQLException {
        return connect(server.port(), parameters);
    }

    /** The connection of the other methods: one session. */
    Connection connection() {
        return connection;
    }

    int port() {
        return server.port();
    }

    Path data() {
        return data;
    }

    /** Runs statements, one after the other. */
    void run(String... statements) throws SQLException {
        for (var sql : statements) {
            update(sql);
        }
    }

    /** How many rows the statement changed. */
    int update(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Each row as its values' texts with a bar between; a null is {@code null}. */
    List<String> rows(String sql) throws SQLException {
        return rows(connection, sql);
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return rows(result);
        }
    }

    static List<String> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<String>();
        var columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            var row = new ArrayList<String>();
            for (var i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(String.join("|", row));
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.close();
    }
}
