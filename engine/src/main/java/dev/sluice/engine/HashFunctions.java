package dev.sluice.engine;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;

/**
 * Iceberg's hash as functions of DuckDB, which has none like it. The driver hands texts and numbers to Java, and
 * nothing else: bytes come as their hexadecimal digits, and decimals as they are printed.
 */
final class HashFunctions {
    static final String OF_NUMBER = "__sluice_hash_number";
    static final String OF_TEXT = "__sluice_hash_text";
    static final String OF_HEX = "__sluice_hash_hex";
    static final String OF_DECIMAL = "__sluice_hash_decimal";

    private HashFunctions() {}

    /**
     * Makes them known to all of the connection's database; the driver's own list of them, which grows, is not used.
     */
    static void register(Connection connection) throws SQLException {
        register(connection, OF_NUMBER, DuckDBColumnType.BIGINT, (in, row) -> Murmur3.hash(in.getLong(row)));
        register(
                connection,
                OF_TEXT,
                DuckDBColumnType.VARCHAR,
                (in, row) -> Murmur3.hash(in.getString(row).getBytes(StandardCharsets.UTF_8)));
        register(
                connection,
                OF_HEX,
                DuckDBColumnType.VARCHAR,
                (in, row) -> Murmur3.hash(HexFormat.of().parseHex(in.getString(row))));
        register(
                connection,
                OF_DECIMAL,
                DuckDBColumnType.VARCHAR,
                (in, row) -> Murmur3.hash(
                        new BigDecimal(in.getString(row)).unscaledValue().toByteArray()));
        DuckDBDriver.clearFunctionsRegistry();
    }

    private interface Hash {
        int of(DuckDBReadableVector in, long row);
    }

    private static void register(Connection connection, String name, DuckDBColumnType parameter, Hash hash)
            throws SQLException {
        try (var function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameter(parameter)
                    .withReturnType(DuckDBColumnType.INTEGER)
                    .withVectorizedFunction((in, out) -> {
                        var values = in.vector(0);
                        for (var row = 0L; row < in.rowCount(); row++) {
                            if (values.isNull(row)) {
                                out.setNull(row);
                            } else {
                                out.setInt(row, hash.of(values, row));
                            }
                        }
                    })
                    .register(connection);
        }
    }
}
