package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * Puts a table back to what it was: its own snapshots stay all there, where it still has the one that is wanted; else
 * the old metadata becomes the table's again as it stands. Callers change one table at a time; thread-safe across
 * tables.
 */
final class TableReverter {
    private final TableStates states;
    private final Tables tables;
    private final TableCommits commits;

    TableReverter(TableStates states, Tables tables, TableCommits commits) {
        this.states = states;
        this.tables = tables;
        this.commits = commits;
    }

    CommitOutcome revert(Ref.Branch branch, TableVersion to, CommitNote note) {
        var then = tables.metadata(to.metadataLocation());
        var current = states.find(to.name(), states.head(branch));
        if (current.filter(table -> hasSnapshotOf(commits.metadata(table), then, to))
                .isPresent()) {
            return commits.update(branch, current.get(), note, staged -> goBack(staged, then, to));
        }
        return states.restore(branch, to.name(), then, note);
    }

    private static boolean hasSnapshotOf(TableMetadata now, TableMetadata then, TableVersion to) {
        return now.uuid().equals(then.uuid())
                && (to.snapshotId().isEmpty() || now.snapshot(to.snapshotId().getAsLong()) != null);
    }

    private static void goBack(StagedTable staged, TableMetadata then, TableVersion to) {
        var now = staged.current();
        var changed = TableMetadata.buildFrom(now)
                .setCurrentSchema(schema(then, to), Math.max(now.lastColumnId(), then.lastColumnId()))
                .setDefaultPartitionSpec(then.spec());
        if (to.snapshotId().isPresent()) {
            changed.setBranchSnapshot(to.snapshotId().getAsLong(), SnapshotRef.MAIN_BRANCH);
        } else {
            changed.removeRef(SnapshotRef.MAIN_BRANCH);
        }
        staged.commit(now, changed.build());
    }

    /** The columns of the version: of its snapshot where that is not the metadata's current one. */
    private static Schema schema(TableMetadata then, TableVersion to) {
        var current = then.currentSnapshot();
        if (to.snapshotId().isEmpty()
                || (current != null && current.snapshotId() == to.snapshotId().getAsLong())) {
            return then.schema();
        }
        return Optional.ofNullable(then.snapshot(to.snapshotId().getAsLong()).schemaId())
                .map(then.schemasById()::get)
                .orElseGet(then::schema);
    }
}
