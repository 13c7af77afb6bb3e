package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.FailureException;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Makes tables readable for one statement each. Thread-safe. */
final class TableBinder implements AutoCloseable {
    private final Database database;
    private final LiveRows live;
    private final DeletedRowsCache deletedRows;

    /** Binds tables for queries of the database; close it when no statement runs any more. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    TableBinder(Database database, BufferAllocator allocator) {
        this.database = database;
        this.live = new LiveRows(database.base());
        this.deletedRows = new DeletedRowsCache(allocator);
    }

    /** The table as it stands in a FROM clause; loads which rows were deleted by their numbers. */
    @MustBeClosed
    BoundTable bind(Source source, Cancellation cancellation) {
        return Scope.handOver(scope -> {
            var sql = TableSql.of(source, files -> {
                var set = live.add(deletedRows(files, cancellation));
                scope.own(() -> live.remove(set));
                return set;
            });
            return new BoundTable(sql, scope::close);
        });
    }

    private List<DeletedRows> deletedRows(List<TableFile> files, Cancellation cancellation) {
        try (var connection = database.connect();
                var _ = Interrupts.watch(cancellation, connection)) {
            return deletedRows.of(files, connection);
        } catch (SQLException e) {
            var failure = DuckDbFailures.of(e, "", cancellation);
            throw new FailureException(failure.failure(), failure);
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
