package dev.sluice.catalog;

import dev.sluice.core.Filter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.projectnessie.model.Content;
import org.projectnessie.model.IcebergTable;

/**
 * Tells whether what was read is still so: no file that may hold rows of a read has come or gone. A compaction changes
 * no row. Thread-safe.
 */
final class Reads {
    private final History history;
    private final Names names;
    private final Tables tables;
    private final WarehouseIO io;
    private final ExecutorService executor;

    Reads(History history, Names names, Tables tables, WarehouseIO io, ExecutorService executor) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.io = io;
        this.executor = executor;
    }

    /** Which table has changed until {@code head} and by what; empty if none has. */
    Optional<String> changed(ReadSet set, Commit head) {
        if (head.hash().equals(set.since().hash())) {
            return Optional.empty();
        }
        return set.reads().stream()
                .flatMap(read -> changed(read, set.since(), head).stream())
                .findFirst();
    }

    private Optional<String> changed(ReadSet.Read read, Commit since, Commit head) {
        var name = read.table().name();
        var entry = names.at(since).find(name);
        if (entry.isEmpty() || !entry.get().type().equals(Content.Type.ICEBERG_TABLE)) {
            return Optional.empty();
        }
        var key = entry.get().key();
        var then = (IcebergTable) names.content(since, entry.get());
        var now = names.find(head, key)
                .filter(IcebergTable.class::isInstance)
                .map(IcebergTable.class::cast)
                .filter(table -> table.getId() != null && table.getId().equals(then.getId()));
        var changed =
                now.isEmpty() || isChanged(then.getMetadataLocation(), now.get().getMetadataLocation(), read);
        return changed
                ? Optional.of("Table '" + name + "' was changed since it was read"
                        + history.lastChange(key, head, since)
                                .map(commit -> ", by commit " + commit)
                                .orElse(""))
                : Optional.empty();
    }

    private boolean isChanged(String then, String now, ReadSet.Read read) {
        return !then.equals(now)
                && CatalogFailures.translated(
                        "Looking at changes of table '" + read.table().name() + "'",
                        () -> isChanged(tables.metadata(then), tables.metadata(now), read));
    }

    private boolean isChanged(TableMetadata then, TableMetadata now, ReadSet.Read read) {
        var snapshots = Lineage.since(then, now);
        if (snapshots.isEmpty() || !then.schema().sameSchema(now.schema())) {
            return true;
        }
        var filter = read.filter().map(f -> expression(f, read.table(), now)).orElse(Expressions.alwaysTrue());
        var metrics = new InclusiveMetricsEvaluator(now.schema(), filter);
        var table = new StagedTable(now, io).table();
        return snapshots.get().stream()
                .filter(snapshot -> !DataOperations.REPLACE.equals(snapshot.operation()))
                .map(snapshot -> FileChanges.of(snapshot, table, executor))
                .anyMatch(changes -> changes.added().stream()
                                .anyMatch(file -> metrics.eval(file) && isInPartition(file, filter, now))
                        || concern(changes.removed(), filter, now)
                        || concern(changes.addedDeletes(), filter, now)
                        || concern(changes.removedDeletes(), filter, now));
    }

    private static Expression expression(Filter filter, TableVersion read, TableMetadata now) {
        return new PruningExpression(read.schema(), now.schema()).of(filter);
    }

    private static boolean concern(List<? extends ContentFile<?>> files, Expression filter, TableMetadata now) {
        return files.stream().anyMatch(file -> isInPartition(file, filter, now));
    }

    private static boolean isInPartition(ContentFile<?> file, Expression filter, TableMetadata now) {
        PartitionSpec spec = now.spec(file.specId());
        return spec == null
                || new Evaluator(
                                spec.partitionType(),
                                Projections.inclusive(spec).project(filter))
                        .eval(file.partition());
    }
}
