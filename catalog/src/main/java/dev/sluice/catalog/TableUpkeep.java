package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.ValidationException;

/** Changes of a table's files and metadata that change none of its rows. Thread-safe across tables. */
final class TableUpkeep {
    private final Tables tables;
    private final TableCommits commits;
    private final WarehouseIO io;
    private final ExecutorService executor;
    private final InstantSource clock;

    TableUpkeep(Tables tables, TableCommits commits, WarehouseIO io, ExecutorService executor, InstantSource clock) {
        this.tables = tables;
        this.commits = commits;
        this.io = io;
        this.executor = executor;
        this.clock = clock;
    }

    CommitOutcome rewrite(Ref.Branch branch, Change.Rewrite change, CommitNote note) {
        var base = change.base();
        return commits.updateHead(
                branch,
                base.name(),
                note,
                current -> replaced(current, base),
                staged -> validated(base.name(), () -> new FileRewrite(staged, executor).apply(change)));
    }

    private Optional<String> replaced(TableStates.Current current, TableVersion base) {
        var now = commits.metadata(current);
        var then = tables.metadata(base.metadataLocation());
        return now.uuid().equals(then.uuid())
                        && now.snapshot(base.snapshotId().orElseThrow()) != null
                        && now.defaultSpecId() == then.defaultSpecId()
                ? Optional.empty()
                : Optional.of("Table '" + base.name() + "' was replaced or partitioned anew while its files were"
                        + " rewritten" + commits.changer(current, base.commit()));
    }

    CommitOutcome expireSnapshots(Ref.Branch branch, Change.ExpireSnapshots change, CommitNote note) {
        return commits.updateHead(
                branch,
                change.table(),
                note,
                _ -> Optional.empty(),
                staged -> validated(
                        change.table(),
                        () -> expiry(staged.table(), staged.current(), change.age())
                                .commit()));
    }

    /** The snapshots that an expiry would take. */
    List<Snapshot> expirable(TableVersion version, SnapshotAge age) {
        var metadata = tables.metadata(version.metadataLocation());
        return CatalogFailures.translated(
                "Looking for old snapshots of table '" + version.name() + "'",
                () -> expiry(new StagedTable(metadata, io).table(), metadata, age)
                        .apply());
    }

    private ExpireSnapshots expiry(Table table, TableMetadata metadata, SnapshotAge age) {
        var expiry = table.expireSnapshots()
                .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE)
                .planWith(executor)
                .expireOlderThan(age.olderThan()
                        .orElseGet(() -> clock.instant()
                                .minusMillis(metadata.propertyAsLong(
                                        TableProperties.MAX_SNAPSHOT_AGE_MS,
                                        TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT)))
                        .toEpochMilli());
        return age.retainLast().isPresent() ? expiry.retainLast(age.retainLast().getAsInt()) : expiry;
    }

    CommitOutcome rewriteManifests(Ref.Branch branch, Change.RewriteManifests change, CommitNote note) {
        return commits.updateHead(
                branch,
                change.table(),
                note,
                _ -> Optional.empty(),
                staged -> validated(change.table(), () -> rewriteManifests(staged)));
    }

    private void rewriteManifests(StagedTable staged) {
        var order = ManifestOrder.of(staged.current(), io);
        staged.table()
                .rewriteManifests()
                .scanManifestsWith(executor)
                .clusterBy(order::place)
                .commit();
    }

    /** What Iceberg's validations refuse is refused again however often it is offered. */
    private static void validated(QualifiedName table, Runnable change) {
        try {
            change.run();
        } catch (ValidationException e) {
            throw new FailureException(
                    new Failure.Conflict("Table '" + table + "' was changed meanwhile: " + e.getMessage()), e);
        }
    }
}
