package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The queries of TPC-H over tables that COPY INTO has loaded give what DuckDB gives over the same Parquet files. The
 * scale factor is the system property {@code sluice.tpch.scale}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("sluice.tpch.scale", "0.01"));

    /** Enough to see a difference, and blind to the order in which a parallel sum of doubles was made. */
    private static final MathContext DIGITS = new MathContext(10);

    private SluiceServer server;
    private Connection sluice;
    private Connection duckDb;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path data, @TempDir Path files) throws SQLException, IOException {
        server = SluiceServer.open(ServerConfig.read(
                Optional.empty(), Map.of("data.folder", data.toString(), "flight.port", "0", "engine.memory", "4GB")));
        sluice = DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + server.port() + "/?useEncryption=false");
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        for (var table : TpchTable.getTables()) {
            load(table, files);
        }
    }

    private void load(TpchTable<?> table, Path folder) throws SQLException, IOException {
        var name = table.getTableName();
        var lines = folder.resolve(name + ".tbl");
        try (var writer = Files.newBufferedWriter(lines)) {
            for (var row : table.createGenerator(SCALE, 1, 1)) {
                writer.write(row.toLine());
                writer.write('\n');
            }
        }
        var parquet = folder.resolve(name + ".parquet");
        try (var statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (SELECT * EXCLUDE (rest) FROM read_csv('" + lines + "', delim = '|', header = false, "
                            + "quote = '', columns = " + columns(table) + ")) TO '" + parquet + "' (FORMAT parquet)");
            statement.execute("CREATE VIEW " + name + " AS FROM '" + parquet + "'");
        }
        Files.delete(lines);
        try (var statement = sluice.createStatement()) {
            statement.executeUpdate("COPY INTO " + name + " FROM '" + parquet + "'");
        }
    }

    /** The generator ends each line with a delimiter: one more column takes what follows it. */
    private static String columns(TpchTable<?> table) {
        var columns = new StringBuilder("{");
        for (var column : table.getColumns()) {
            var type = switch (column.getType().getBase()) {
                case IDENTIFIER -> "BIGINT";
                case INTEGER -> "INTEGER";
                case DATE -> "DATE";
                case DOUBLE -> "DECIMAL(15, 2)";
                case VARCHAR -> "VARCHAR";
            };
            columns.append(column.getColumnName()).append(": '").append(type).append("', ");
        }
        return columns.append("rest: 'VARCHAR'}").toString();
    }

    @AfterAll
    void close() throws SQLException {
        sluice.close();
        duckDb.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void a_query_gives_what_duckdb_gives(int number) throws SQLException, IOException {
        var sql = text(number);
        assertThat(rows(sluice, sql)).isEqualTo(rows(duckDb, sql));
    }

    private static String text(int number) throws IOException {
        var name = "/tpch/q" + (number < 10 ? "0" : "") + number + ".sql";
        try (var stream = Objects.requireNonNull(TpchTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
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
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
