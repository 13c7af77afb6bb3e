package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows that come as a stream of Arrow's: DuckDB takes one batch after the other, and no row is kept. Confined to
 * one thread.
 */
final class StreamedRows {
    private static final String STREAM = "__sluice_stream";

    private final DuckDBConnection connection;
    private final Cancellation cancellation;

    StreamedRows(DuckDBConnection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** The columns with the types that DuckDB gives them, as a query that can be described. */
    static String standIn(Schema columns) {
        return columns.getFields().stream()
                .map(field -> "CAST(NULL AS " + DuckDbTypes.sql(plain(field)) + ") AS "
                        + QualifiedName.quote(field.getName()))
                .collect(joining(", ", "SELECT ", ""));
    }

    private static Field plain(Field field) {
        if (field.getDictionary() != null) {
            throw Failure.unsupported(
                            "Column '" + field.getName() + "' is encoded by a dictionary: send its values as they are")
                    .exception();
        }
        return field;
    }

    List<DataFile> write(ArrowReader rows, Schema columns, WriteTarget target) {
        var sql = "SELECT " + inTableOrder(columns, target.schema()) + " FROM " + STREAM;
        var allocator = allocator(rows);
        try (var stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            connection.registerArrowStream(STREAM, stream);
            return new ParquetWriter(target, cancellation).write(connection, new EngineQuery(sql));
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }

    /** Buffers change hands only below the one allocator that they come from. */
    private static BufferAllocator allocator(ArrowReader rows) {
        try {
            return rows.getVectorSchemaRoot().getFieldVectors().getFirst().getAllocator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inTableOrder(Schema columns, Schema table) {
        var rest = new ArrayList<>(columns.getFields());
        var values = table.getFields().stream()
                .map(column -> {
                    var source = rest.stream()
                            .filter(each -> each.getName().equalsIgnoreCase(column.getName()))
                            .findFirst();
                    source.ifPresent(rest::remove);
                    return source.map(each -> QualifiedName.quote(each.getName()))
                            .orElse("NULL");
                })
                .collect(joining(", "));
        if (!rest.isEmpty()) {
            throw new Failure.Invalid(
                            Code.COLUMN_NOT_FOUND,
                            "The rows have columns that the table has not: "
                                    + rest.stream().map(Field::getName).collect(joining(", ")),
                            Optional.empty())
                    .exception();
        }
        return values;
    }
}
