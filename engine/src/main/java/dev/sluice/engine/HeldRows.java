package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Scope;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * Rows from outside as tables of DuckDB's own, which hold them within its limit of memory: a statement may read such a
 * table more than once, and a stream of Arrow's only once. Thread-safe.
 */
final class HeldRows {
    private static final String STREAM = "__sluice_stream";

    private final Database database;
    private final BufferAllocator allocator;
    private final AtomicLong numbers = new AtomicLong();

    HeldRows(Database database, BufferAllocator allocator) {
        this.database = database;
        this.allocator = allocator;
    }

    /** Takes in all rows of the reader that the source opens. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    BoundTable hold(Function<BufferAllocator, ArrowReader> source, Cancellation cancellation) {
        var table = "__sluice_rows_" + numbers.incrementAndGet();
        return Scope.handOver(scope -> {
            try (var rows = source.apply(allocator);
                    var connection = database.connect();
                    var _ = Interrupts.watch(cancellation, connection)) {
                var schema = rows.getVectorSchemaRoot().getSchema();
                run(connection, "CREATE TABLE " + table + " (" + columns(schema) + ")");
                scope.own(() -> drop(table));
                fill(connection, table, rows);
                return new BoundTable(table, scope::close);
            } catch (SQLException e) {
                throw DuckDbFailures.of(e, "", cancellation);
            } catch (IOException e) {
                throw DuckDbFailures.of(e, "");
            }
        });
    }

    private void fill(DuckDBConnection connection, String table, ArrowReader rows) throws SQLException {
        try (var stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            connection.registerArrowStream(STREAM, stream);
            run(connection, "INSERT INTO " + table + " SELECT * FROM " + STREAM);
        }
    }

    private static String columns(Schema schema) {
        return schema.getFields().stream()
                .map(field -> QualifiedName.quote(field.getName()) + " " + DuckDbTypes.sql(field))
                .collect(joining(", "));
    }

    private void drop(String table) {
        try (var connection = database.connect()) {
            run(connection, "DROP TABLE " + table);
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }

    private static void run(DuckDBConnection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
