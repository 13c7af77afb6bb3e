package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Scope;
import dev.sluice.engine.Cancellation;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Statement;
import dev.sluice.server.query.RunningStatements.Running;
import dev.sluice.server.session.Session;
import dev.sluice.server.session.Transaction;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Plans, runs and cancels statements. Thread-safe. Failures are {@code FailureException}s with positions in the text.
 */
public final class Queries {
    private static final Schema NO_COLUMNS = new Schema(List.of());

    private final Plans plans;
    private final QueryBinder binder;
    private final Engine engine;
    private final Listings listings;
    private final Explanation explanation;
    private final Updates updates;
    private final Maintenance maintenance;
    private final RunningStatements running;
    private final PreparedCache cache = new PreparedCache();

    Queries(
            Plans plans,
            QueryBinder binder,
            Engine engine,
            Listings listings,
            Explanation explanation,
            Updates updates,
            Maintenance maintenance,
            RunningStatements running) {
        this.plans = plans;
        this.binder = binder;
        this.engine = engine;
        this.listings = listings;
        this.explanation = explanation;
        this.updates = updates;
        this.maintenance = maintenance;
        this.running = running;
    }

    /** Plans a statement and tells what it will give and take; nothing runs. */
    public Prepared prepare(Session session, String sql) {
        var commit = plans.commit(session);
        return cache.find(session, commit, sql).orElseGet(() -> {
            var prepared = describe(session, plans.plan(session, commit, sql));
            cache.add(session, prepared);
            return prepared;
        });
    }

    /**
     * Runs a statement that gives rows.
     *
     * @param parameters a value for each of its parameters
     * @param cancellation may end it, from before it starts until the result is closed
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // it cannot follow a switch that returns
    public Result open(Prepared prepared, List<@Nullable Object> parameters, Cancellation cancellation) {
        prepared.session().transaction().ifPresent(Transaction::requireUsable);
        var current = refresh(prepared);
        requireParameters(current, parameters.size());
        var plan = current.plan();
        return switch (plan.statement()) {
            case Statement.Query query ->
                Scope.handOver(scope -> {
                    var statement = scope.own(running.start(current.session(), plan.sql(), cancellation));
                    var lifetime = new Lifetime(scope, cancellation, ReadLog.of(current.session()));
                    return run(query, plan, parameters, statement, lifetime);
                });
            case Statement.Explain explain -> explain(explain, current, parameters, cancellation);
            case Statement.Maintain maintain -> maintain(maintain, current, cancellation);
            case Statement.Listed listed -> listings.open(listed, plan);
            case Statement.Write _, Statement.Definition _, Statement.TransactionControl _, Statement.Kill _ ->
                throw invalid(Code.INVALID_STATEMENT, "The statement gives no rows: run it as an update");
        };
    }

    @MustBeClosed
    private Result maintain(Statement.Maintain maintain, Prepared prepared, Cancellation cancellation) {
        try (var _ = running.start(prepared.session(), prepared.plan().sql(), cancellation)) {
            TransactionRules.requireNone(prepared.session(), "Upkeep of tables");
            var note = Commits.note(prepared.session(), prepared.plan());
            return maintenance.open(maintain, new WriteRun(prepared.plan(), note, cancellation, ReadLog.NONE));
        }
    }

    @MustBeClosed
    private Result explain(
            Statement.Explain explain,
            Prepared prepared,
            List<@Nullable Object> parameters,
            Cancellation cancellation) {
        try (var scope = Scope.open()) {
            scope.own(running.start(prepared.session(), prepared.plan().sql(), cancellation));
            var lifetime = new Lifetime(scope, cancellation, ReadLog.of(prepared.session()));
            var bound = binder.pinned(explain.query(), prepared.plan(), parameters, lifetime);
            return explanation.open(explain, prepared.plan(), bound, cancellation);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    private Result run(
            Statement.Query query, Plan plan, List<@Nullable Object> parameters, Running statement, Lifetime lifetime) {
        var scope = lifetime.scope();
        var bound = binder.pinned(query, plan, parameters, lifetime);
        var execution = bound.locating(() -> scope.own(engine.start(bound.query(), statement.cancellation())));
        statement.showProgress(execution::progress);
        return new QueryResult(bound, execution, statement, scope);
    }

    /**
     * Runs a statement that gives a count, once for each row of parameters; an INSERT makes one commit of all.
     *
     * @param rows one empty row for a statement without parameters
     * @param cancellation may end it
     * @return the number of rows that were changed
     */
    public long update(Prepared prepared, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        rows.forEach(row -> requireParameters(prepared, row.size()));
        try (var _ = running.start(prepared.session(), prepared.plan().sql(), cancellation)) {
            var current = refresh(prepared);
            return switch (current.plan().statement()) {
                case Statement.Write _ -> updates.write(current.session(), current.plan(), rows, cancellation);
                case Statement.Definition _ -> {
                    updates.define(current.session(), current.plan());
                    yield 0;
                }
                case Statement.Kill(String id) -> {
                    running.kill(id, current.session());
                    yield 0;
                }
                case Statement.TransactionControl control -> {
                    updates.control(current.session(), control);
                    yield 0;
                }
                case Statement.Query _, Statement.Explain _, Statement.Listed _, Statement.Maintain _ ->
                    throw invalid(Code.INVALID_STATEMENT, "The statement gives rows: run it as a query");
            };
        }
    }

    /** What runs in the session now. */
    public List<RunningStatements.Progress> running(Session session) {
        return running.of(session);
    }

    /** The same statement against what its session reads now. */
    private Prepared refresh(Prepared prepared) {
        var plan = prepared.plan();
        if (plans.commit(prepared.session()).equals(plan.commit()) && !plan.readsOtherRefs()) {
            return prepared;
        }
        var current = prepare(prepared.session(), plan.sql());
        if (!current.result().equals(prepared.result())) {
            throw new Failure.Invalid(
                            Code.INVALID_STATEMENT,
                            "The columns of the statement's result have changed since it was prepared: prepare it again",
                            Optional.empty())
                    .exception();
        }
        return current;
    }

    private Prepared describe(Session session, Plan plan) {
        return switch (plan.statement()) {
            case Statement.Query query -> {
                var description = binder.describe(query, plan);
                yield new Prepared(
                        session, plan, description.result(), ParameterTypes.forClients(description.parameters()));
            }
            case Statement.Explain explain ->
                new Prepared(session, plan, Explanation.SCHEMA, parameters(explain.query(), plan));
            case Statement.Listed listed -> new Prepared(session, plan, listings.schema(listed), NO_COLUMNS);
            case Statement.Write write -> new Prepared(session, plan, NO_COLUMNS, parameters(write, plan));
            case Statement.Definition _, Statement.TransactionControl _, Statement.Kill _ ->
                new Prepared(session, plan, NO_COLUMNS, NO_COLUMNS);
            case Statement.Maintain _ -> new Prepared(session, plan, Maintenance.SCHEMA, NO_COLUMNS);
        };
    }

    private Schema parameters(Statement.Write write, Plan plan) {
        return switch (write) {
            case Statement.Insert insert -> parameters(insert, plan);
            case Statement.Overwrite overwrite -> parameters(overwrite.insert(), plan);
            case Statement.Update update -> parameters(update.matches(), plan);
            case Statement.Delete delete -> parameters(delete.matches(), plan);
            case Statement.Merge merge -> MergeParameters.forClients(merge, parameters(merge.matches(), plan));
            case Statement.CreateTable _, Statement.CopyInto _ -> NO_COLUMNS;
        };
    }

    private Schema parameters(Statement.Insert insert, Plan plan) {
        InsertColumns.requireCount(insert, binder.describe(insert.rows(), plan).result());
        if (insert.rows().parameters() == 0) {
            return NO_COLUMNS;
        }
        var table = plan.tables().load(insert.table()).schema();
        var columns = insert.columns().stream().map(table::findField).toList();
        try (var scope = Scope.open()) {
            var bound = binder.standIn(insert.rows(), plan, scope);
            return ParameterTypes.forClients(bound.locating(() -> engine.insertParameters(bound.query(), columns)));
        }
    }

    private Schema parameters(Statement.Query query, Plan plan) {
        return ParameterTypes.forClients(binder.describe(query, plan).parameters());
    }

    private static void requireParameters(Prepared prepared, int given) {
        var wanted = prepared.parameters().getFields().size();
        if (given != wanted) {
            throw invalid(
                    Code.INVALID_PARAMETER,
                    "The statement has " + wanted + " parameters, but got " + given + " values");
        }
    }

    private static FailureException invalid(Code code, String message) {
        return new Failure.Invalid(code, message, Optional.empty()).exception();
    }
}
