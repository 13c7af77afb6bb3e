package dev.sluice.cli;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/** The rows of a DuckDB query, in small batches. */
final class Batches implements Rows, AutoCloseable {
    private static final int BATCH_ROWS = 2_048;

    private final Scope scope;
    private final ArrowReader reader;

    private Batches(Scope scope, ArrowReader reader) {
        this.scope = scope;
        this.reader = reader;
    }

    @MustBeClosed
    static Batches of(String query) {
        return Scope.handOver(scope -> {
            try {
                var allocator = scope.own(new RootAllocator());
                var connection = scope.own(DriverManager.getConnection("jdbc:duckdb:"));
                var statement = scope.own(connection.createStatement());
                var rows = scope.own(statement.executeQuery(query)).unwrap(DuckDBResultSet.class);
                return new Batches(scope, scope.own((ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS)));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public Schema schema() {
        return batch().getSchema();
    }

    @Override
    public boolean next() {
        try {
            return reader.loadNextBatch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public VectorSchemaRoot batch() {
        try {
            return reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
