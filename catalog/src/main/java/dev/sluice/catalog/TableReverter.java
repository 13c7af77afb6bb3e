package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.projectnessie.model.Content;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.Operation;

/**
 * Puts a table back to what it was: its own snapshots stay all there, where it still has the one that is wanted; else
 * the old metadata becomes the table's again as it stands. Callers change one table at a time; thread-safe across
 * tables.
 */
final class TableReverter {
    private final History history;
    private final Names names;
    private final Tables tables;
    private final TableCommits commits;

    TableReverter(History history, Names names, Tables tables, TableCommits commits) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.commits = commits;
    }

    CommitOutcome revert(Ref.Branch branch, TableVersion to, CommitNote note) {
        var head = history.resolve(branch);
        var then = tables.metadata(to.metadataLocation());
        var existing =
                names.at(head).find(to.name()).filter(entry -> entry.type().equals(Content.Type.ICEBERG_TABLE));
        if (existing.isEmpty()) {
            var key = names.at(head).freeKey(to.name());
            return history.commit(branch, head, List.of(Operation.Put.of(key, content(then))), note);
        }
        var current = commits.load(to.name(), head);
        if (hasSnapshotOf(commits.metadata(current), then, to)) {
            return commits.update(branch, current, note, staged -> goBack(staged, then, to));
        }
        var content = content(then).withId(current.content().getId());
        return history.commit(
                branch, head, List.of(Operation.Put.of(current.entry().key(), content)), note);
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

    private static IcebergTable content(TableMetadata table) {
        var snapshot = table.currentSnapshot();
        return IcebergTable.of(
                table.metadataFileLocation(),
                snapshot == null ? TableCommits.NO_SNAPSHOT : snapshot.snapshotId(),
                table.currentSchemaId(),
                table.defaultSpecId(),
                table.defaultSortOrderId());
    }
}
