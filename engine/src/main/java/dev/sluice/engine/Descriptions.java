package dev.sluice.engine;

import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/**
 * Tells what a query will give: from the names of its columns' types where those are plain; else its own form is run
 * for no rows, so that the types are those of its batches.
 */
final class Descriptions {
    /** One statement, and a query for certain; what else there may be has to show that it can be wrapped. */
    private static final Pattern PLAIN = Pattern.compile("\\s*(SELECT|FROM|VALUES)\\b[^;]*", Pattern.CASE_INSENSITIVE);

    private static final String SHOWN = "__sluice_shown";

    private Descriptions() {}

    static Description of(Database database, EngineQuery query, BufferAllocator allocator) {
        try (var connection = database.connect();
                var prepared = connection.prepareStatement(query.sql())) {
            var shape = ResultShape.of(prepared, query);
            var told = told(query, shape);
            var result = told.isPresent() ? told.get() : shape.named(empty(connection, query, shape, allocator));
            return new Description(result, shape.stored(result), shape.parameters());
        } catch (SQLException | IOException e) {
            throw DuckDbFailures.of(e, query.sql());
        }
    }

    /** The types that DuckDB's names for them tell, which spares most queries a second, wrapped form. */
    private static Optional<Schema> told(EngineQuery query, ResultShape shape) {
        if (!PLAIN.matcher(query.sql()).matches()
                || !shape.parameters().getFields().isEmpty()) {
            return Optional.empty();
        }
        var fields = shape.columns().stream()
                .flatMap(
                        column -> DuckDbTypes.result(ReadableType.of(column.type()))
                                .map(type -> Field.nullable(column.name(), type))
                                .stream())
                .toList();
        return fields.size() == shape.columns().size() ? Optional.of(new Schema(fields)) : Optional.empty();
    }

    /**
     * DuckDB takes the type of a bare parameter in VALUES from the table that is inserted into: it is shown one, which
     * is gone with the connection.
     */
    static Schema insertParameters(Database database, EngineQuery rows, List<Field> columns) {
        var definitions = columns.stream()
                .map(column -> QualifiedName.quote(column.getName()) + " " + DuckDbTypes.sql(column))
                .collect(Collectors.joining(", "));
        var insert = "INSERT INTO " + SHOWN + " ";
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + SHOWN + " (" + definitions + ")");
            try (var prepared = connection.prepareStatement(insert + rows.sql())) {
                return ResultShape.parameters(prepared.getParameterMetaData());
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, insert + rows.sql()).shifted(insert.length());
        }
    }

    private static Schema empty(Connection connection, EngineQuery query, ResultShape shape, BufferAllocator allocator)
            throws SQLException, IOException {
        try (var statement = connection.prepareStatement("SELECT * FROM (" + shape.sql() + "\n) LIMIT 0")) {
            Parameters.bind(
                    statement,
                    query.parameters(),
                    shape.parameters().getFields().size());
            try (var rows = (DuckDBResultSet) statement.executeQuery();
                    var reader = (ArrowReader) rows.arrowExportStream(allocator, 1)) {
                return reader.getVectorSchemaRoot().getSchema();
            }
        }
    }
}
