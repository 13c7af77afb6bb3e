package dev.sluice.conformance;

import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The queries of TPC-H over tables with a past give what DuckDB gives over Parquet files of the same rows. The scale
 * factor is the system property {@code sluice.tpch.scale}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("sluice.tpch.scale", "0.01"));

    private SideBySide tables;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path data, @TempDir Path files) throws SQLException, IOException {
        tables = SideBySide.open(data, files);
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
        var rows = "SELECT * EXCLUDE (rest) FROM read_csv('" + lines + "', delim = '|', header = false, quote = '', "
                + "columns = " + columns(table) + ")";
        switch (name) {
            case "lineitem" ->
                tables.loadWithPast(name, rows, "l_orderkey", "l_linenumber", "month(l_shipdate), l_returnflag");
            case "orders" -> tables.loadWithPast(name, rows, "o_orderkey", "o_shippriority", "year(o_orderdate)");
            case "partsupp" -> tables.loadWithPast(name, rows, "ps_partkey", "ps_availqty", "bucket(5, ps_suppkey)");
            case "part" -> tables.loadWithPast(name, rows, "p_partkey", "p_size", "truncate(7, p_brand)");
            default -> tables.load(name, rows);
        }
        Files.delete(lines);
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
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void a_query_gives_what_duckdb_gives(int number) throws SQLException, IOException {
        tables.assertSame(text(number));
    }

    private static String text(int number) throws IOException {
        var name = "/tpch/q" + (number < 10 ? "0" : "") + number + ".sql";
        try (var stream = Objects.requireNonNull(TpchTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
