package dev.sluice.server.query;

import dev.sluice.catalog.CommitNote;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.engine.Cancellation;
import dev.sluice.planner.Statement;
import dev.sluice.server.session.Session;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs the statements that give a count: one short method call for each kind. Thread-safe. */
final class Updates {
    private static final int ATTEMPTS = 5;
    private static final long BACKOFF_NANOS = 20_000_000;

    private final Plans plans;
    private final Writes writes;
    private final Imports imports;
    private final Definitions definitions;

    Updates(Plans plans, Writes writes, Imports imports, Definitions definitions) {
        this.plans = plans;
        this.writes = writes;
        this.imports = imports;
        this.definitions = definitions;
    }

    /**
     * Runs a statement; one that met another commit is planned again and run again, since nothing was done.
     *
     * @return the number of rows that it changed
     */
    long run(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        if (plan.statement() instanceof Statement.Insert || rows.size() == 1) {
            return retrying(session, plan, rows, cancellation);
        }
        var changed = 0L;
        for (var row : rows) {
            changed += retrying(session, plans.plan(session, plan.sql()), List.of(row), cancellation);
        }
        return changed;
    }

    private long retrying(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        var current = plan;
        for (var attempt = 1; ; attempt++) {
            try {
                return once(session, current, rows, cancellation);
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.Conflict) || attempt == ATTEMPTS || isMerge(current)) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BACKOFF_NANOS * attempt));
                current = plans.plan(session, plan.sql());
            }
        }
    }

    /** A merge that conflicts once conflicts always. */
    private static boolean isMerge(Plan plan) {
        return plan.statement() instanceof Statement.MergeBranch;
    }

    private long once(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        var note = Commits.note(session, plan);
        return switch (plan.statement()) {
            case Statement.Insert insert -> writes.insert(insert, plan, rows, note, cancellation);
            case Statement.Update update -> writes.update(update, plan, rows.getFirst(), note, cancellation);
            case Statement.Delete delete -> writes.delete(delete, plan, rows.getFirst(), note, cancellation);
            case Statement.CreateTable create -> writes.createTable(create, plan, note, cancellation);
            case Statement.CopyInto copy -> imports.copyInto(copy, plan, note, cancellation);
            default -> {
                define(session, plan, note);
                yield 0;
            }
        };
    }

    private void define(Session session, Plan plan, CommitNote note) {
        switch (plan.statement()) {
            case Statement.DropTable drop -> writes.dropTable(drop, plan, note);
            case Statement.CreateSchema create -> definitions.createSchema(create, plan, note);
            case Statement.DropSchema drop -> definitions.dropSchema(drop, plan, note);
            case Statement.CreateRef create -> definitions.createRef(create, plan);
            case Statement.DropRef drop -> definitions.dropRef(drop, session);
            case Statement.MergeBranch merge -> definitions.merge(merge, note);
            case Statement.UseRef use -> definitions.use(use, session);
            case Statement.UseSchema use -> definitions.useSchema(use, plan, session);
            case Statement.CreateFunction create -> definitions.createFunction(create, plan, note);
            case Statement.DropFunction drop -> definitions.dropFunction(drop, plan, note);
            default -> throw new IllegalArgumentException("Not an update: " + plan.statement());
        }
    }
}
