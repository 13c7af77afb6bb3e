package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.FileGroup;
import dev.sluice.catalog.Housekeeping;
import dev.sluice.catalog.ScanFiles;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.DataFile;
import dev.sluice.core.Filter;
import dev.sluice.core.TableFile;
import dev.sluice.engine.Engine;
import dev.sluice.engine.Rearrangement;
import dev.sluice.engine.RowOrder;
import dev.sluice.engine.Source;
import dev.sluice.engine.WriteTarget;
import dev.sluice.planner.Upkeep;
import dev.sluice.server.query.Maintenance.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a table's data files anew, fewer and in a better order, in one commit. Thread-safe. */
final class Optimizer {
    private final Catalog catalog;
    private final Engine engine;
    private final Commits commits;

    Optimizer(Catalog catalog, Engine engine, Commits commits) {
        this.catalog = catalog;
        this.engine = engine;
        this.commits = commits;
    }

    List<Step> optimize(Upkeep.Optimize optimize, boolean dryRun, WriteRun run) {
        var branch = Commits.branch(run.plan(), optimize.table());
        var table = run.plan().tables().load(optimize.table());
        var choice = new Housekeeping.Choice(filter(optimize), extent(optimize.layout()));
        var groups = Maintenance.housekeeping(catalog).compactable(table, choice);
        var files = catalog.files(table, ScanFiles.Request.ALL).files();
        var steps = new ArrayList<Step>();
        for (var file : files) {
            groups.stream()
                    .filter(group -> group.files().contains(file.path()))
                    .findFirst()
                    .ifPresent(group ->
                            steps.add(new Step("rewrite", file.path().toString(), file.bytes(), group.reason())));
        }
        if (!dryRun && !groups.isEmpty()) {
            var written = rewrite(table, groups, files, order(optimize.layout()), run);
            var removed =
                    groups.stream().flatMap(group -> group.files().stream()).toList();
            commits.commit(branch, new Change.Rewrite(table, removed, written), written, run.note());
            written.forEach(
                    file -> steps.add(new Step("write", file.path().toString(), file.bytes(), file.rows() + " rows")));
        }
        return steps;
    }

    private List<DataFile> rewrite(
            TableVersion table, List<FileGroup> groups, List<TableFile> files, RowOrder order, WriteRun run) {
        var written = new ArrayList<DataFile>();
        try {
            for (var group : groups) {
                var chosen = files.stream()
                        .filter(file -> group.files().contains(file.path()))
                        .toList();
                var work = new Rearrangement(
                        new Source(table.schema(), chosen, Optional.empty()),
                        order,
                        target(table, order),
                        spread(group));
                written.addAll(engine.rearrange(work, run.cancellation()));
            }
            return written;
        } catch (RuntimeException e) {
            Commits.delete(written);
            throw e;
        }
    }

    /** An order that the statement asks for goes before the table's own. */
    private static WriteTarget target(TableVersion table, RowOrder order) {
        var target = Writes.target(table);
        return order instanceof RowOrder.Kept ? target : target.sortedBy(List.of());
    }

    private static Rearrangement.Spread spread(FileGroup group) {
        return switch (group.spread()) {
            case ONE_PARTITION -> Rearrangement.Spread.ONE_PARTITION;
            case ANY -> Rearrangement.Spread.ANY;
        };
    }

    private static Optional<Filter> filter(Upkeep.Optimize optimize) {
        return optimize.chosen().flatMap(query -> query.scans().getFirst().filter());
    }

    /** A new order is of use only where all rows have it. */
    private static Housekeeping.Extent extent(Upkeep.Layout layout) {
        return switch (layout) {
            case Upkeep.Kept _ -> Housekeeping.Extent.NEEDY;
            case Upkeep.Sorted _, Upkeep.ZOrdered _ -> Housekeeping.Extent.ALL;
        };
    }

    private static RowOrder order(Upkeep.Layout layout) {
        return switch (layout) {
            case Upkeep.Kept _ -> new RowOrder.Kept();
            case Upkeep.Sorted(var keys) ->
                new RowOrder.Sorted(keys.stream().map(Optimizer::key).toList());
            case Upkeep.ZOrdered(var columns) -> new RowOrder.ZOrdered(columns);
        };
    }

    private static RowOrder.Key key(Upkeep.SortKey key) {
        return new RowOrder.Key(
                key.column(), key.descending() ? RowOrder.Direction.DESCENDING : RowOrder.Direction.ASCENDING);
    }
}
