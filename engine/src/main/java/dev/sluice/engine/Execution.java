package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Scope;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/**
 * A running query. Owns its connection and its batches; used by one thread, while any thread may cancel it or ask for
 * its progress.
 */
public final class Execution implements AutoCloseable {
    private final ResultShape shape;
    private final DuckDBPreparedStatement statement;
    private final ArrowReader reader;
    private final VectorSchemaRoot root;
    private final Schema schema;
    private final Cancellation cancellation;
    private final Scope scope;

    private Execution(
            ResultShape shape,
            DuckDBPreparedStatement statement,
            ArrowReader reader,
            Cancellation cancellation,
            Scope scope)
            throws IOException {
        this.shape = shape;
        this.statement = statement;
        this.reader = reader;
        this.root = reader.getVectorSchemaRoot();
        this.schema = shape.named(root.getSchema());
        this.cancellation = cancellation;
        this.scope = scope;
    }

    /** Starts the query on the connection, which the execution takes over. */
    @MustBeClosed
    static Execution start(
            DuckDBConnection connection,
            EngineQuery query,
            BufferAllocator allocator,
            int batchRows,
            Cancellation cancellation,
            AutoCloseable admission) {
        return Scope.handOver(scope -> {
            scope.own(admission);
            scope.own(connection);
            var buffers = scope.own(allocator.newChildAllocator("query", 0, Long.MAX_VALUE));
            try {
                var shape = ResultShape.of(connection, query.sql());
                var statement = scope.own((DuckDBPreparedStatement) connection.prepareStatement(shape.sql()));
                scope.own(cancellation::settled);
                cancellation.onCancel(() -> Interrupts.interrupt(statement));
                Parameters.bind(statement, query.parameters());
                var rows = scope.own(execute(connection, statement));
                var reader = scope.own((ArrowReader) rows.arrowExportStream(buffers, batchRows));
                return new Execution(shape, statement, reader, cancellation, scope);
            } catch (SQLException | IOException e) {
                throw DuckDbFailures.of(e, query.sql(), cancellation);
            }
        });
    }

    /**
     * A streamed result that fails at its first row loses its message in the driver: it is run again, whole, for the
     * message's sake.
     */
    private static DuckDBResultSet execute(DuckDBConnection connection, DuckDBPreparedStatement statement)
            throws SQLException {
        try {
            return (DuckDBResultSet) statement.executeQuery();
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("Invalid result set")) {
                throw e;
            }
            try (var setting = connection.createStatement()) {
                setting.execute("SET jdbc_stream_results = false");
            }
            return (DuckDBResultSet) statement.executeQuery();
        }
    }

    /** The columns, as {@link Engine#describe} told them. */
    public Schema schema() {
        return schema;
    }

    /** Fills {@link #root()} with the next batch; false at the end. */
    public boolean next() {
        cancellation.check();
        try {
            var more = reader.loadNextBatch();
            cancellation.check();
            return more;
        } catch (IOException | RuntimeException e) {
            throw DuckDbFailures.of(e, shape.sql(), cancellation);
        }
    }

    /** The batch; its vectors are the same for each. */
    public VectorSchemaRoot root() {
        return root;
    }

    /** Percent of the input that was read, or -1 where DuckDB does not know. */
    public double progress() {
        try {
            return statement.getQueryProgress().getPercentage();
        } catch (SQLException | RuntimeException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
