package dev.sluice.bench;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A JDBC connection that runs statements. Confined to one thread. */
record Database(Connection connection) implements AutoCloseable {
    @MustBeClosed
    static Database connect(String url) throws SQLException {
        return new Database(DriverManager.getConnection(url));
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first value of the first row. */
    String value(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("No row: " + sql);
            }
            return result.getString(1);
        }
    }

    String version() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
