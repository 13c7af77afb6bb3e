package dev.sluice.server.query;

import dev.sluice.core.RowDelete;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import dev.sluice.engine.Changed;
import dev.sluice.engine.Engine;
import dev.sluice.engine.WriteTarget;
import dev.sluice.planner.Statement;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a DELETE takes away. A file of which no row stays, as its metadata tells, goes without being read; the
 * others are asked for their rows. Thread-safe.
 */
final class Deletes {
    private final Engine engine;
    private final QueryBinder binder;

    Deletes(Engine engine, QueryBinder binder) {
        this.engine = engine;
        this.binder = binder;
    }

    Changed delete(Statement.Delete delete, List<@Nullable Object> parameters, WriteTarget place, WriteRun run) {
        var plan = run.plan();
        var target = delete.matches().scans().getFirst();
        var reached = binder.files(target, plan, parameters, run.reads()).files();
        var whole = delete.kept().isPresent() ? whole(delete, reached, parameters, plan) : List.<TableFile>of();
        var removed = whole.stream().map(TableFile::path).collect(Collectors.toCollection(HashSet::new));
        var rows = whole.stream().mapToLong(file -> rows(file).orElseThrow()).sum();
        if (whole.size() == reached.size()) {
            return new Changed(rows, List.copyOf(removed), List.of());
        }
        var changed = searched(delete, parameters, removed, place, run);
        removed.addAll(changed.removed());
        return new Changed(rows + changed.rows(), List.copyOf(removed), changed.added(), changed.deleted());
    }

    /** The files of which no row stays, and whose rows are counted. */
    private List<TableFile> whole(
            Statement.Delete delete, List<TableFile> reached, List<@Nullable Object> parameters, Plan plan) {
        var staying = delete.matches().scans().getFirst().with(delete.kept());
        var parts = binder.files(staying, plan, parameters, ReadLog.NONE).files().stream()
                .map(TableFile::path)
                .collect(Collectors.toSet());
        return reached.stream()
                .filter(file -> !parts.contains(file.path()) && rows(file).isPresent())
                .toList();
    }

    /** How many rows a file has that were not deleted before, where its metadata tells. */
    private static OptionalLong rows(TableFile file) {
        var rows = file.rows();
        for (var delete : file.deletes()) {
            if (!(delete instanceof RowDelete.Vector vector)) {
                return OptionalLong.empty();
            }
            rows -= vector.cardinality();
        }
        return OptionalLong.of(rows);
    }

    private Changed searched(
            Statement.Delete delete,
            List<@Nullable Object> parameters,
            Set<Path> spared,
            WriteTarget place,
            WriteRun run) {
        try (var scope = Scope.open()) {
            var bound = binder.pinned(delete.matches(), run.plan(), parameters, spared, run.lifetime(scope));
            var source = QueryBinder.source(
                    delete.matches().scans().getFirst(),
                    bound.scans().getFirst().files());
            return bound.locating(() -> engine.delete(bound.query(), source, place, run.cancellation()));
        }
    }
}
