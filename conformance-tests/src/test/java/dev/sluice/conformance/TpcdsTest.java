package dev.sluice.conformance;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Most of the queries of TPC-DS, in words of ours, over tables with a past give what DuckDB gives over Parquet files.
 * The scale factor is the system property {@code sluice.tpcds.scale}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpcdsTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("sluice.tpcds.scale", "0.01"));

    /** A table whose rows were changed; see {@link SideBySide#loadWithPast}. */
    record Past(String key, String number, String partitioning) {}

    private static final Map<String, Past> PASTS = Map.of(
            "store_sales", new Past("ss_item_sk", "ss_quantity", "bucket(4, ss_item_sk)"),
            "catalog_sales", new Past("cs_item_sk", "cs_quantity", "truncate(5000, cs_item_sk)"),
            "web_sales", new Past("ws_item_sk", "ws_quantity", "bucket(3, ws_sold_date_sk)"),
            "store_returns", new Past("sr_item_sk", "sr_return_quantity", "sr_store_sk"),
            "catalog_returns", new Past("cr_item_sk", "cr_return_quantity", "truncate(365, cr_returned_date_sk)"),
            "web_returns", new Past("wr_item_sk", "wr_return_quantity", "bucket(2, wr_order_number)"),
            "inventory", new Past("inv_item_sk", "inv_quantity_on_hand", "inv_warehouse_sk"),
            "item", new Past("i_item_sk", "i_manager_id", "i_category"),
            "customer", new Past("c_customer_sk", "c_birth_day", "truncate(1, c_last_name)"),
            "date_dim", new Past("d_date_sk", "d_dow", "truncate(50, d_year)"));

    private SideBySide tables;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path data, @TempDir Path files) throws SQLException, IOException {
        tables = SideBySide.open(data, files);
        for (var table : Table.getBaseTables()) {
            if (table != Table.DBGEN_VERSION) {
                load(table, files);
            }
        }
    }

    private void load(Table table, Path folder) throws SQLException, IOException {
        var name = table.getName();
        var lines = folder.resolve(name + ".txt");
        try (var writer = Files.newBufferedWriter(lines)) {
            var session = Session.getDefaultSession().withScale(SCALE).withTable(table);
            for (var rows : Results.constructResults(table, session)) {
                writer.write(line(rows.getFirst()));
            }
        }
        var rows = "SELECT * FROM read_csv('" + lines + "', delim = '|', header = false, quote = '', nullstr = '', "
                + "columns = " + columns(table) + ")";
        var past = PASTS.get(name);
        if (past == null) {
            tables.load(name, rows);
        } else {
            tables.loadWithPast(name, rows, past.key(), past.number(), past.partitioning());
        }
        Files.delete(lines);
    }

    private static String line(List<@Nullable String> values) {
        return values.stream()
                        .map(value -> Objects.requireNonNullElse(value, ""))
                        .collect(Collectors.joining("|"))
                + '\n';
    }

    private static String columns(Table table) {
        return Arrays.stream(table.getColumns())
                .map(column -> column.getName() + ": '" + type(column.getType()) + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String type(ColumnType type) {
        return switch (type.getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INTEGER";
            case DATE -> "DATE";
            case DECIMAL ->
                "DECIMAL(" + type.getPrecision().orElseThrow() + ", "
                        + type.getScale().orElseThrow() + ")";
            case VARCHAR, CHAR, TIME -> "VARCHAR";
        };
    }

    @AfterAll
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 30, 31, 32, 33,
                34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 55, 56, 59, 60, 61, 62, 63,
                65, 67, 68, 69, 71, 73, 74, 76, 79, 82, 86, 88, 89, 90, 92, 93, 94, 96, 97, 98, 99
            })
    void a_query_gives_what_duckdb_gives(int number) throws SQLException, IOException {
        tables.assertSame(text(number));
    }

    private static String text(int number) throws IOException {
        var name = "/tpcds/q" + (number < 10 ? "0" : "") + number + ".sql";
        try (var stream = Objects.requireNonNull(TpcdsTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
