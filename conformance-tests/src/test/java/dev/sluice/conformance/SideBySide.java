package dev.sluice.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same rows as tables of a server and as plain Parquet files in DuckDB. The tables have a past: their files are of
 * two shapes and two partitionings, and rows were changed and deleted in them. Confined to one thread.
 */
final class SideBySide implements AutoCloseable {
    /** Enough to see a difference, and blind to the order in which a parallel sum of doubles was made. */
    private static final MathContext DIGITS = new MathContext(10);

    /** What UPDATE takes away again. */
    private static final int RAISE = 1000;

    private final SluiceServer server;
    private final Connection sluice;
    private final Connection duckDb;
    private final Path files;

    private SideBySide(SluiceServer server, Connection sluice, Connection duckDb, Path files) {
        this.server = server;
        this.sluice = sluice;
        this.duckDb = duckDb;
        this.files = files;
    }

    /**
     * @param data of the server
     * @param files where Parquet files are made
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() does
    static SideBySide open(Path data, Path files) throws SQLException {
        var server = SluiceServer.open(ServerConfig.read(
                Optional.empty(), Map.of("data.folder", data.toString(), "flight.port", "0", "engine.memory", "4GB")));
        return new SideBySide(
                server, Lake.connect(server.port(), ""), DriverManager.getConnection("jdbc:duckdb:"), files);
    }

    /** Makes a table of what a query gives in DuckDB; in the server, one that is loaded once and left alone. */
    void load(String table, String rows) throws SQLException {
        view(table, rows);
        inSluice("COPY INTO " + table + " FROM '" + file(table) + "'");
    }

    /**
     * Makes a table of what a query gives in DuckDB; in the server, one that was half loaded with another name and a
     * narrower type of {@code key}, one column and some rows too many, and wrong numbers, all of which was then mended;
     * and whose other half came later, in partitions.
     *
     * @param key a column of whole numbers that fit into 32 bits and are above zero
     * @param number a column of small integers
     * @param partitioning of the second half
     */
    void loadWithPast(String table, String rows, String key, String number, String partitioning) throws SQLException {
        view(table, rows);
        var others = columns(table).stream()
                .filter(column -> !column.equals(key) && !column.equals(number))
                .collect(joining(", "));
        var before = file(table + "-before");
        var since = file(table + "-since");
        inDuckDb("COPY (SELECT " + others + ", CAST(" + key + " AS INTEGER) AS was_" + key + ", CASE WHEN " + key
                + " % 5 = 0 THEN " + number + " + " + RAISE + " ELSE " + number + " END AS " + number + ", CASE WHEN "
                + key + " % 5 = 0 THEN 'raised' END AS mark FROM " + table + " WHERE " + key
                + " % 2 = 0 UNION ALL SELECT "
                + others + ", CAST(-" + key + " AS INTEGER), " + number + ", 'wrong' FROM " + table + " WHERE " + key
                + " % 10 = 0) TO '" + before + "' (FORMAT parquet)");
        inDuckDb("COPY (FROM " + table + " WHERE " + key + " % 2 = 1) TO '" + since + "' (FORMAT parquet)");
        inSluice(
                "COPY INTO " + table + " FROM '" + before + "'",
                "ALTER TABLE " + table + " SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read',"
                        + " 'write.update.mode' = 'merge-on-read')",
                "UPDATE " + table + " SET " + number + " = " + number + " - " + RAISE + " WHERE mark = 'raised'",
                "ALTER TABLE " + table + " RENAME COLUMN was_" + key + " TO " + key,
                "ALTER TABLE " + table + " ALTER COLUMN " + key + " TYPE BIGINT",
                "DELETE FROM " + table + " WHERE " + key + " < 0",
                "ALTER TABLE " + table + " DROP COLUMN mark",
                "ALTER TABLE " + table + " SET PARTITIONED BY (" + partitioning + ")",
                "COPY INTO " + table + " FROM '" + since + "'");
    }

    private void view(String table, String rows) throws SQLException {
        inDuckDb("COPY (" + rows + ") TO '" + file(table) + "' (FORMAT parquet)");
        inDuckDb("CREATE VIEW " + table + " AS FROM '" + file(table) + "'");
    }

    private Path file(String name) {
        return files.resolve(name + ".parquet");
    }

    private List<String> columns(String table) throws SQLException {
        return rows(duckDb, "SELECT column_name FROM (DESCRIBE " + table + ")").stream()
                .map(List::getFirst)
                .toList();
    }

    private void inDuckDb(String sql) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private void inSluice(String... statements) throws SQLException {
        try (var statement = sluice.createStatement()) {
            for (var sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** The server gives the rows that DuckDB gives. */
    void assertSame(String sql) throws SQLException {
        assertThat(rows(sluice, sql)).isEqualTo(rows(duckDb, sql));
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        var rows = new ArrayList<List<String>>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private static List<String> row(ResultSet result) throws SQLException {
        var row = new ArrayList<String>();
        for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(shown(result.getObject(i)));
        }
        return row;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? new BigDecimal(number.toString())
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    @Override
    public void close() throws SQLException {
        sluice.close();
        duckDb.close();
        server.close();
    }
}
