package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.Dispensable;
import dev.sluice.catalog.Housekeeping;
import dev.sluice.catalog.SnapshotAge;
import dev.sluice.core.Failure;
import dev.sluice.planner.Statement;
import dev.sluice.planner.Upkeep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Runs the statements of upkeep: each gives a row for each thing that it did, or would do. Thread-safe. */
final class Maintenance {
    static final Schema SCHEMA = new Schema(
            List.of(Listing.text("action"), Listing.text("object"), Listing.number("bytes"), Listing.text("reason")));

    private final Catalog catalog;
    private final Optimizer optimizer;
    private final Cleaner cleaner;
    private final Commits commits;
    private final BufferAllocator allocator;

    Maintenance(Catalog catalog, Optimizer optimizer, Cleaner cleaner, Commits commits, BufferAllocator allocator) {
        this.catalog = catalog;
        this.optimizer = optimizer;
        this.cleaner = cleaner;
        this.commits = commits;
        this.allocator = allocator;
    }

    /** One thing that was done, or would be. */
    record Step(String action, String object, long bytes, String reason) {
        static Step of(String action, Dispensable thing) {
            return new Step(action, thing.name(), thing.bytes(), thing.reason());
        }
    }

    @MustBeClosed
    Result open(Statement.Maintain maintain, WriteRun run) {
        var steps = steps(maintain.task(), maintain.dryRun(), run);
        var rows = new ArrayList<List<@Nullable Object>>();
        steps.forEach(step -> rows.add(Arrays.asList(step.action(), step.object(), step.bytes(), step.reason())));
        return new Listing(SCHEMA, rows).open(allocator);
    }

    private List<Step> steps(Upkeep task, boolean dryRun, WriteRun run) {
        return switch (task) {
            case Upkeep.Optimize optimize -> optimizer.optimize(optimize, dryRun, run);
            case Upkeep.ExpireSnapshots expire -> expireSnapshots(expire, dryRun, run);
            case Upkeep.RewriteManifests rewrite -> rewriteManifests(rewrite, dryRun, run);
            case Upkeep.RemoveOrphanFiles remove -> cleaner.removeOrphans(remove, dryRun, run.plan());
            case Upkeep.CollectGarbage collect -> cleaner.collectGarbage(collect, dryRun);
            case Upkeep.Backup(var target) -> cleaner.backUp(target);
        };
    }

    private Housekeeping housekeeping() {
        return housekeeping(catalog);
    }

    static Housekeeping housekeeping(Catalog catalog) {
        return catalog.housekeeping()
                .orElseThrow(() -> Failure.unsupported(
                                "The catalog's tables are kept by its own server: run the upkeep there")
                        .exception());
    }

    private List<Step> expireSnapshots(Upkeep.ExpireSnapshots expire, boolean dryRun, WriteRun run) {
        var branch = Commits.branch(run.plan(), expire.table());
        var table = run.plan().tables().load(expire.table());
        var age = new SnapshotAge(expire.olderThan(), expire.retainLast());
        var snapshots = housekeeping().expirable(table, age);
        if (!dryRun && !snapshots.isEmpty()) {
            commits.commit(branch, new Change.ExpireSnapshots(table.name(), age), run.note());
        }
        return snapshots.stream().map(each -> Step.of("expire snapshot", each)).toList();
    }

    private List<Step> rewriteManifests(Upkeep.RewriteManifests rewrite, boolean dryRun, WriteRun run) {
        var branch = Commits.branch(run.plan(), rewrite.table());
        var table = run.plan().tables().load(rewrite.table());
        var manifests = housekeeping().scattered(table);
        if (!dryRun && !manifests.isEmpty()) {
            commits.commit(branch, new Change.RewriteManifests(table.name()), run.note());
        }
        return manifests.stream().map(each -> Step.of("rewrite manifest", each)).toList();
    }
}
