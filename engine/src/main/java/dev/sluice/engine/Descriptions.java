package dev.sluice.engine;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/** Tells what a query will give: its own form is run for no rows, so that the types are those of its batches. */
final class Descriptions {
    private Descriptions() {}

    static Description of(Database database, String sql, BufferAllocator allocator) {
        try (var connection = database.connect()) {
            var shape = ResultShape.of(connection, sql);
            return new Description(shape.named(empty(connection, shape, allocator)), shape.parameters());
        } catch (SQLException | IOException e) {
            throw DuckDbFailures.of(e, sql);
        }
    }

    private static Schema empty(Connection connection, ResultShape shape, BufferAllocator allocator)
            throws SQLException, IOException {
        try (var statement = connection.prepareStatement("SELECT * FROM (" + shape.sql() + "\n) LIMIT 0")) {
            for (var i = 1; i <= shape.parameters().getFields().size(); i++) {
                statement.setNull(i, Types.NULL);
            }
            try (var rows = (DuckDBResultSet) statement.executeQuery();
                    var reader = (ArrowReader) rows.arrowExportStream(allocator, 1)) {
                return reader.getVectorSchemaRoot().getSchema();
            }
        }
    }
}
