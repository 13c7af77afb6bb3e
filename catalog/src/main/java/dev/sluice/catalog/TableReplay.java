package dev.sluice.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/**
 * Makes one history of a table that two branches have changed: what the source did since both parted is done again on
 * the target's head, snapshot by snapshot. No data file is written; manifests and metadata are.
 */
final class TableReplay {
    /** Beginnings of what Iceberg counts anew in each summary. */
    private static final List<String> COUNTED = List.of("added-", "deleted-", "removed-", "total-", "manifests-");

    private static final List<String> OWN = List.of(
            SnapshotSummary.CHANGED_PARTITION_COUNT_PROP,
            SnapshotSummary.PARTITION_SUMMARY_PROP,
            SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP,
            SnapshotSummary.REPLACE_PARTITIONS_PROP,
            "entries-processed",
            "iceberg-version",
            "engine-name",
            "engine-version");

    private final DefinitionMerge definitions;
    private final WarehouseIO io;
    private final ExecutorService executor;

    TableReplay(DefinitionMerge definitions, WarehouseIO io, ExecutorService executor) {
        this.definitions = definitions;
        this.io = io;
        this.executor = executor;
    }

    /** What became of it. */
    sealed interface Outcome {
        /** The merged table, whose files are discarded if it is not committed. */
        record Merged(StagedTable table) implements Outcome {}

        /** Nothing was written, for this reason. */
        record Refused(String reason) implements Outcome {}
    }

    private record Step(Snapshot snapshot, FileChanges changes) {}

    Outcome run() {
        var clash = definitions.clash();
        if (clash.isPresent()) {
            return new Outcome.Refused(clash.get());
        }
        var ours = Lineage.since(definitions.base(), definitions.source());
        var theirs = targetChanges();
        if (ours.isEmpty() || theirs.isEmpty()) {
            return new Outcome.Refused("one has set the table back, or let go of the snapshots since they parted");
        }
        var steps = ours.get().stream()
                .map(snapshot -> new Step(snapshot, changes(definitions.source(), snapshot)))
                .toList();
        var source = FileChanges.sum(steps.stream().map(Step::changes).toList());
        return refusal(source, theirs.get(), steps)
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> replay(steps));
    }

    /** By its snapshots; where those have expired, by the files that it has now. */
    private Optional<FileChanges> targetChanges() {
        var target = definitions.target();
        return Lineage.since(definitions.base(), target)
                .map(snapshots -> FileChanges.sum(snapshots.stream()
                        .map(snapshot -> changes(target, snapshot))
                        .toList()))
                .or(() -> Lineage.isCut(target)
                        ? Optional.of(new FileDifference(io).changes(definitions.base(), target))
                        : Optional.empty());
    }

    private FileChanges changes(TableMetadata side, Snapshot snapshot) {
        return FileChanges.of(snapshot, new StagedTable(side, io).table(), executor);
    }

    private Optional<String> refusal(FileChanges source, FileChanges target, List<Step> steps) {
        var leftOut = (!target.added().isEmpty() && definitions.isStricter(definitions.source(), definitions.target()))
                || (!source.added().isEmpty() && definitions.isStricter(definitions.target(), definitions.source()));
        if (leftOut) {
            return Optional.of("one has made a column NOT NULL while the other added rows");
        }
        if (steps.stream().anyMatch(this::hasForeignSequence)) {
            return Optional.of("one has compacted files that it had written itself");
        }
        return FileClashes.find(source, target);
    }

    /** Compacted rows keep the sequence number of their base; a number of the source alone means nothing elsewhere. */
    private boolean hasForeignSequence(Step step) {
        return step.changes().added().stream()
                .filter(file -> isOlder(file, step.snapshot()))
                .anyMatch(file -> file.dataSequenceNumber() > definitions.base().lastSequenceNumber());
    }

    private static boolean isOlder(DataFile file, Snapshot snapshot) {
        var sequence = file.dataSequenceNumber();
        return sequence != null && sequence < snapshot.sequenceNumber();
    }

    private Outcome replay(List<Step> steps) {
        var staged = new StagedTable(definitions.target(), io);
        try {
            var merged = definitions.merged();
            if (!definitions.keepsSpecifications(merged)) {
                return new Outcome.Refused("both have altered its partitioning");
            }
            staged.commit(definitions.target(), merged);
            steps.forEach(step -> replay(step, staged.table()));
            return new Outcome.Merged(staged);
        } catch (RuntimeException e) {
            staged.discard();
            throw e;
        }
    }

    private void replay(Step step, Table table) {
        var update = update(step, table);
        Map<String, String> summary = step.snapshot().summary();
        summary.forEach((name, value) -> {
            if (!OWN.contains(name) && COUNTED.stream().noneMatch(name::startsWith)) {
                update.set(name, value);
            }
        });
        update.set(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP, Long.toString(Lineage.origin(step.snapshot())));
        update.scanManifestsWith(executor);
        update.commit();
    }

    private static SnapshotUpdate<?> update(Step step, Table table) {
        var changes = step.changes();
        if (changes.isAppend()) {
            var append = table.newAppend();
            changes.added().forEach(file -> append.appendFile(fresh(file, table)));
            return append;
        }
        if (DataOperations.REPLACE.equals(step.snapshot().operation())) {
            var rewrite = table.newRewrite();
            changes.added().stream()
                    .filter(file -> isOlder(file, step.snapshot()))
                    .findFirst()
                    .ifPresent(file -> rewrite.dataSequenceNumber(file.dataSequenceNumber()));
            changes.removed().forEach(rewrite::deleteFile);
            changes.removedDeletes().forEach(rewrite::deleteFile);
            changes.added().forEach(file -> rewrite.addFile(fresh(file, table)));
            changes.addedDeletes().forEach(rewrite::addFile);
            return rewrite;
        }
        if (changes.addedDeletes().isEmpty() && changes.removedDeletes().isEmpty()) {
            var overwrite = table.newOverwrite();
            changes.removed().forEach(overwrite::deleteFile);
            changes.added().forEach(file -> overwrite.addFile(fresh(file, table)));
            return overwrite;
        }
        var delta = table.newRowDelta();
        if (table.currentSnapshot() != null) {
            // what came between has been looked at; a vector that stands already takes the place of an older one
            delta.validateFromSnapshot(table.currentSnapshot().snapshotId());
        }
        changes.removed().forEach(delta::removeRows);
        changes.removedDeletes().forEach(delta::removeDeletes);
        changes.added().forEach(file -> delta.addRows(fresh(file, table)));
        changes.addedDeletes().forEach(delta::addDeletes);
        return delta;
    }

    /** The file without the row ids of its old place in the table's history. */
    private static DataFile fresh(DataFile file, Table table) {
        return file.firstRowId() == null
                ? file
                : DataFiles.builder(table.specs().get(file.specId()))
                        .copy(file)
                        .withFirstRowId(null)
                        .build();
    }
}
