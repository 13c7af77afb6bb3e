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
    private static final String LOST_MESSAGE = "Invalid result set";

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

    /** Starts the query on a connection of its own; the execution takes over the admission. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes what it owns
    static Execution start(
            Database database,
            EngineQuery query,
            BufferAllocator allocator,
            int batchRows,
            Cancellation cancellation,
            AutoCloseable admission) {
        return Scope.handOver(scope -> {
            scope.own(admission);
            var connection = scope.own(database.connectStreaming());
            var buffers = scope.own(allocator.newChildAllocator("query", 0, Long.MAX_VALUE));
            scope.own(Interrupts.watch(cancellation, connection));
            try {
                var given = scope.own(prepare(connection, query.sql()));
                var shape = ResultShape.of(given, query);
                return shape.failing(cancellation, () -> {
                    var statement = shape.prefix() == 0 ? given : scope.own(prepare(connection, shape.sql()));
                    Parameters.bind(statement, query.parameters());
                    var rows = scope.own(execute(statement, shape, query, cancellation));
                    var reader = scope.own((ArrowReader) rows.arrowExportStream(buffers, batchRows));
                    scope.own(() -> Interrupts.interrupt(connection));
                    return new Execution(shape, statement, reader, cancellation, scope);
                });
            } catch (SQLException e) {
                throw DuckDbFailures.of(e, query.sql(), cancellation);
            }
        });
    }

    private static DuckDBPreparedStatement prepare(DuckDBConnection connection, String sql) throws SQLException {
        return (DuckDBPreparedStatement) connection.prepareStatement(sql);
    }

    /**
     * Runs up to the first row. The driver loses the message of a streamed result that fails before that one; its other
     * way to run a statement keeps it, so the query is made to fail that way again.
     */
    private static DuckDBResultSet execute(
            DuckDBPreparedStatement statement, ResultShape shape, EngineQuery query, Cancellation cancellation)
            throws SQLException {
        var connection = (DuckDBConnection) statement.getConnection();
        try {
            return (DuckDBResultSet) statement.executeQuery();
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains(LOST_MESSAGE)) {
                cancellation.check();
                try (var again = prepare(connection, shape.sql())) {
                    Parameters.bind(again, query.parameters());
                    again.query().close();
                }
            }
            throw e;
        }
    }

    /** The columns, as {@link Engine#describe} told them. */
    public Schema schema() {
        return schema;
    }

    /** Fills {@link #root()} with the next batch; false at the end. */
    public boolean next() {
        cancellation.check();
        var more = shape.failing(cancellation, reader::loadNextBatch);
        cancellation.check();
        return more;
    }

    /** The batch; its vectors are the same for each. */
    public VectorSchemaRoot root() {
        return root;
    }

    /** Percent of the input that was read, or -1 where DuckDB does not know. */
    public double progress() {
        try {
            return statement.getQueryProgress().getPercentage();
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
