package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.Loads;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import dev.sluice.core.Scope;
import dev.sluice.engine.Changed;
import dev.sluice.engine.Engine;
import dev.sluice.engine.Merge;
import dev.sluice.engine.Source;
import dev.sluice.engine.WriteTarget;
import dev.sluice.planner.Statement;
import dev.sluice.planner.Statement.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows to files, and commits the files. Thread-safe. Each method gives the number of rows that it changed. */
final class Writes {
    private final Catalog catalog;
    private final Engine engine;
    private final QueryBinder binder;
    private final Deletes deletes;
    private final Commits commits;

    Writes(Catalog catalog, Engine engine, QueryBinder binder, Commits commits) {
        this.catalog = catalog;
        this.engine = engine;
        this.binder = binder;
        this.deletes = new Deletes(engine, binder);
        this.commits = commits;
    }

    long insert(Statement.Insert insert, List<List<@Nullable Object>> parameterRows, WriteRun run) {
        var branch = Commits.branch(run.plan(), insert.table());
        var table = run.plan().tables().load(insert.table());
        var query = InsertColumns.inTableOrder(insert, table.schema());
        var files = new ArrayList<DataFile>();
        try {
            for (var batch : InsertColumns.batches(query, parameterRows)) {
                files.addAll(write(batch.query(), batch.parameters(), target(table), run));
            }
        } catch (RuntimeException e) {
            Commits.delete(files);
            throw e;
        }
        if (!files.isEmpty()) {
            commits.commit(branch, new Change.Append(table, files), files, run.note());
        }
        return rows(files);
    }

    long update(Statement.Update update, List<@Nullable Object> parameters, WriteRun run) {
        var branch = Commits.branch(run.plan(), update.table());
        var table = run.plan().tables().load(update.table());
        var changed = rewrite(
                update.matches(),
                parameters,
                run,
                (bound, source) -> engine.update(
                        bound.query(),
                        update.columns(),
                        source,
                        target(table, RowOperation.UPDATE),
                        run.cancellation()));
        return replace(branch, table, changed, run);
    }

    long delete(Statement.Delete delete, List<@Nullable Object> parameters, WriteRun run) {
        var branch = Commits.branch(run.plan(), delete.table());
        var table = run.plan().tables().load(delete.table());
        var target = target(table, RowOperation.DELETE);
        return replace(branch, table, deletes.delete(delete, parameters, target, run), run);
    }

    long overwrite(Statement.Overwrite overwrite, List<@Nullable Object> parameters, WriteRun run) {
        var insert = overwrite.insert();
        var branch = Commits.branch(run.plan(), insert.table());
        var table = run.plan().tables().load(insert.table());
        var replaced = overwrite.replaced().map(delete -> deletes.delete(delete, List.of(), target(table), run));
        var files = new ArrayList<>(replaced.map(Changed::added).orElse(List.of()));
        try {
            var rows = InsertColumns.inTableOrder(insert, table.schema());
            files.addAll(write(rows, parameters, target(table), run));
        } catch (RuntimeException e) {
            Commits.delete(files);
            throw e;
        }
        if (replaced.isEmpty()) {
            run.reads().read(table, Optional.empty());
        }
        var change = replaced.<Change>map(old -> new Change.Replace(table, old.removed(), files))
                .orElseGet(() -> new Change.ReplacePartitions(table, files));
        commits.commit(branch, change, files, run.note());
        return rows(files) - replaced.map(Changed::added).map(Writes::rows).orElse(0L);
    }

    long merge(Statement.Merge merge, List<@Nullable Object> parameters, WriteRun run) {
        var branch = Commits.branch(run.plan(), merge.table());
        var table = run.plan().tables().load(merge.table());
        var twice = merge.repeatable() ? Merge.Twice.DELETE : Merge.Twice.FAIL;
        var changed = rewrite(merge.matches(), MergeParameters.forMatches(merge, parameters), run, (bound, source) -> {
            try {
                var changes = new Merge(bound.query(), merge.columns(), twice);
                return engine.merge(changes, source, target(table, RowOperation.MERGE), run.cancellation());
            } catch (FailureException e) {
                throw e.failure().code() == Code.CARDINALITY_VIOLATION
                        ? new FailureException(e.failure().at(Optional.of(merge.condition())), e)
                        : e;
            }
        });
        return replace(branch, table, changed, run);
    }

    private interface Rewrite {
        Changed run(Bound bound, Source source);
    }

    private Changed rewrite(Statement.Query matches, List<@Nullable Object> parameters, WriteRun run, Rewrite rewrite) {
        try (var scope = Scope.open()) {
            var bound = binder.pinned(matches, run.plan(), parameters, run.lifetime(scope));
            var source = QueryBinder.source(
                    matches.scans().getFirst(), bound.scans().getFirst().files());
            return bound.locating(() -> rewrite.run(bound, source));
        }
    }

    private long replace(Ref.Branch branch, TableVersion table, Changed changed, WriteRun run) {
        if (changed.rows() > 0) {
            var change = new Change.Replace(table, changed.removed(), changed.added(), changed.deleted());
            commits.commit(branch, change, changed.written(), run.note());
        }
        return changed.rows();
    }

    long createTable(Statement.CreateTable create, WriteRun run) {
        var plan = run.plan();
        var branch = Commits.branch(plan, create.table());
        var present = plan.tables().version(create.table());
        if (present.isPresent() && create.existing() == Existing.KEEP) {
            return 0;
        }
        if (present.isPresent() && create.existing() == Existing.FAIL) {
            throw exists(present.get()).exception();
        }
        var schema =
                create.rows().map(rows -> binder.describe(rows, plan).stored()).orElse(create.columns());
        var draft = catalog.draft(
                        create.table().name(),
                        schema,
                        create.partitioning(),
                        create.properties(),
                        present,
                        plan.tables().commitOf(create.table()))
                .sortedBy(create.order());
        var files = create.rows()
                .map(rows -> write(rows, List.of(), target(draft), run))
                .orElse(List.of());
        commits.commit(branch, new Change.CreateTable(draft, files, Loads.NONE, present), files, run.note());
        return rows(files);
    }

    void dropTable(Statement.DropTable drop, Plan plan, CommitNote note) {
        var branch = Commits.branch(plan, drop.table());
        if (drop.ifExists() && plan.tables().version(drop.table()).isEmpty()) {
            return;
        }
        commits.commit(
                branch, new Change.DropTable(plan.tables().load(drop.table()).name()), note);
    }

    private List<DataFile> write(
            Statement.Query rows, List<@Nullable Object> parameters, WriteTarget target, WriteRun run) {
        try (var scope = Scope.open()) {
            var bound = binder.pinned(rows, run.plan(), parameters, run.lifetime(scope));
            return bound.locating(() -> engine.write(bound.query(), target, run.cancellation()));
        }
    }

    static WriteTarget target(TableVersion table) {
        return new WriteTarget(table.schema(), table.partitioning(), table.dataFolder())
                .with(TableLayout.of(table))
                .sortedBy(table.order());
    }

    /** Where a statement that changes rows puts them, and how, by the table's properties. */
    private static WriteTarget target(TableVersion table, RowOperation operation) {
        return target(table).with(operation.removal(table));
    }

    static long rows(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::rows).sum();
    }

    private static Failure exists(TableVersion table) {
        return new Failure.Exists(
                Code.TABLE_EXISTS,
                "Table " + table.name() + " exists already on " + table.commit().ref());
    }
}
