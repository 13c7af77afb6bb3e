package dev.sluice.server.query;

import dev.sluice.core.Scope;
import dev.sluice.engine.Execution;
import dev.sluice.server.query.RunningStatements.Running;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches of a running query. Owns all that it runs with. */
final class QueryResult implements Result {
    private final Bound bound;
    private final Execution execution;
    private final Running statement;
    private final Scope scope;

    QueryResult(Bound bound, Execution execution, Running statement, Scope scope) {
        this.bound = bound;
        this.execution = execution;
        this.statement = statement;
        this.scope = scope;
    }

    @Override
    public Schema schema() {
        return execution.schema();
    }

    @Override
    public boolean next() {
        var more = bound.locating(execution::next);
        if (more) {
            statement.addRows(execution.root().getRowCount());
        }
        return more;
    }

    @Override
    public VectorSchemaRoot root() {
        return execution.root();
    }

    @Override
    public void close() {
        scope.close();
    }
}
