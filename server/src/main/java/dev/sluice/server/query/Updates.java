package dev.sluice.server.query;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Isolation;
import dev.sluice.engine.Cancellation;
import dev.sluice.planner.Statement;
import dev.sluice.server.session.Session;
import java.util.List;
import java.util.Optional;
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
    private final TableDefinitions tables;
    private final ViewDefinitions views;
    private final Definitions definitions;
    private final Transactions transactions;

    Updates(
            Plans plans,
            Writes writes,
            Imports imports,
            TableDefinitions tables,
            ViewDefinitions views,
            Definitions definitions,
            Transactions transactions) {
        this.plans = plans;
        this.writes = writes;
        this.imports = imports;
        this.tables = tables;
        this.views = views;
        this.definitions = definitions;
        this.transactions = transactions;
    }

    /**
     * Runs a statement once for each row of parameters; a run that met another commit is planned and run again, since
     * nothing was done.
     *
     * @return the number of rows that it changed
     */
    long write(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        return transactions.writing(
                session, plan.sql(), () -> writeAll(session, current(session, plan), rows, cancellation));
    }

    /** A transaction's first write moves it to a branch of its own. */
    private Plan current(Session session, Plan plan) {
        return session.transaction().isPresent() ? plans.plan(session, plan.sql()) : plan;
    }

    private long writeAll(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        if (plan.statement() instanceof Statement.Insert || rows.size() == 1) {
            return retrying(session, plan, (s, p) -> once(s, p, rows, cancellation));
        }
        var changed = 0L;
        for (var row : rows) {
            var current = plans.plan(session, plan.sql());
            changed += retrying(session, current, (s, p) -> once(s, p, List.of(row), cancellation));
        }
        return changed;
    }

    private interface Run {
        long run(Session session, Plan plan);
    }

    /**
     * The first run conflicts with any change of the table. Those that follow are transactions of their own where they
     * can be, which conflict only with what concerns the same files and rows.
     */
    @CanIgnoreReturnValue
    private long retrying(Session session, Plan plan, Run run) {
        var current = plan;
        for (var attempt = 1; ; attempt++) {
            try {
                var isolation = attempt == 1 || !transactions.canWrite()
                        ? Optional.<Isolation>empty()
                        : TransactionRules.alone(session, current);
                return isolation.isEmpty() ? run.run(session, current) : alone(session, current, isolation.get(), run);
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.Conflict) || attempt == ATTEMPTS || isMerge(current)) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BACKOFF_NANOS * attempt));
                current = plans.plan(session, plan.sql());
            }
        }
    }

    private long alone(Session session, Plan plan, Isolation isolation, Run run) {
        return transactions.alone(session, isolation, plan, apart -> run.run(apart, plans.plan(apart, plan.sql())));
    }

    /** Two branches that conflict once conflict always. */
    private static boolean isMerge(Plan plan) {
        return plan.statement() instanceof Statement.MergeBranch;
    }

    private long once(Session session, Plan plan, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        if (!(plan.statement() instanceof Statement.Write write)) {
            throw new IllegalStateException("A statement that wrote rows has become " + plan.statement());
        }
        var run = new WriteRun(plan, Commits.note(session, plan), cancellation, ReadLog.of(session));
        return switch (write) {
            case Statement.Insert insert -> writes.insert(insert, rows, run);
            case Statement.Update update -> writes.update(update, rows.getFirst(), run);
            case Statement.Delete delete -> writes.delete(delete, rows.getFirst(), run);
            case Statement.Overwrite overwrite -> writes.overwrite(overwrite, rows.getFirst(), run);
            case Statement.Merge merge -> writes.merge(merge, rows.getFirst(), run);
            case Statement.CreateTable create -> writes.createTable(create, run);
            case Statement.CopyInto copy -> imports.copyInto(copy, run);
        };
    }

    /** Runs a statement that defines something; one that met another commit is planned and run again. */
    void define(Session session, Plan plan) {
        if (session.transaction().isPresent()
                && plan.statement() instanceof Statement.Definition definition
                && !TransactionRules.isChange(definition)) {
            once(session, plan, definition);
            return;
        }
        transactions.writing(session, plan.sql(), () -> {
            defineNow(session, current(session, plan));
            return 0;
        });
    }

    /** Begins or ends a transaction. */
    void control(Session session, Statement.TransactionControl control) {
        transactions.run(session, control, plans.commit(session));
    }

    private void defineNow(Session session, Plan plan) {
        retrying(session, plan, (s, p) -> {
            if (p.statement() instanceof Statement.Definition definition) {
                once(s, p, definition);
            }
            return 0;
        });
    }

    private void once(Session session, Plan plan, Statement.Definition definition) {
        var note = Commits.note(session, plan);
        switch (definition) {
            case Statement.DropTable drop -> writes.dropTable(drop, plan, note);
            case Statement.AlterTable alter -> tables.alter(alter, plan, note);
            case Statement.RenameTable rename -> tables.rename(rename, plan, note);
            case Statement.RevertTable revert -> tables.revert(revert, plan, note);
            case Statement.ChangeView change -> views.change(change, plan, note);
            case Statement.CreateSchema create -> definitions.createSchema(create, plan, note);
            case Statement.DropSchema drop -> definitions.dropSchema(drop, plan, note);
            case Statement.CreateRef create -> definitions.createRef(create, plan);
            case Statement.DropRef drop -> definitions.dropRef(drop, session);
            case Statement.ProtectBranch protect -> definitions.protect(protect, note);
            case Statement.MergeBranch merge -> definitions.merge(merge, note);
            case Statement.UseRef use -> definitions.use(use, session);
            case Statement.UseSchema use -> definitions.useSchema(use, plan, session);
            case Statement.CreateFunction create -> definitions.createFunction(create, plan, note);
            case Statement.DropFunction drop -> definitions.dropFunction(drop, plan, note);
        }
    }
}
