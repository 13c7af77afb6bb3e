package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Changes of tables and their rows. Callers change one table at a time; thread-safe across tables. */
final class TableWriter {
    private final Tables tables;
    private final TableCommits commits;
    private final LoadLog loads;
    private final ExecutorService executor;

    TableWriter(Tables tables, TableCommits commits, LoadLog loads, ExecutorService executor) {
        this.tables = tables;
        this.commits = commits;
        this.loads = loads;
        this.executor = executor;
    }

    CommitOutcome create(Ref.Branch branch, Change.CreateTable change, CommitNote note) {
        return change.replaced()
                .map(table -> updateBase(branch, table, note, staged -> {
                    staged.commit(staged.current(), Tables.replacement(change.draft(), staged.current()));
                    fill(staged, change);
                }))
                .orElseGet(() -> createNew(branch, change, note));
    }

    private CommitOutcome createNew(Ref.Branch branch, Change.CreateTable change, CommitNote note) {
        var draft = change.draft();
        return commits.create(branch, draft.name(), tables.create(draft), note, staged -> fill(staged, change));
    }

    private void fill(StagedTable staged, Change.CreateTable change) {
        if (!change.files().isEmpty()) {
            append(staged, change.files());
        }
        loads.add(staged, change.loads());
    }

    /** Appends to whatever the table has become, as long as it is the same table with the same partitioning. */
    CommitOutcome append(Ref.Branch branch, Change.Append change, CommitNote note) {
        if (change.files().isEmpty() && change.loads().files().isEmpty()) {
            return new CommitOutcome.Committed(commits.head(branch));
        }
        var base = change.base();
        return commits.updateHead(
                branch,
                base.name(),
                note,
                current -> replaced(current, base).or(() -> loaded(current, change)),
                staged -> {
                    if (!change.files().isEmpty()) {
                        append(staged, change.files());
                    }
                    loads.add(staged, change.loads());
                });
    }

    private Optional<String> replaced(TableStates.Current current, TableVersion base) {
        return isSame(current, base)
                ? Optional.empty()
                : Optional.of("Table '" + base.name() + "' was replaced, partitioned anew or given a NOT NULL"
                        + " while rows were written for it" + commits.changer(current, base.commit()));
    }

    private Optional<String> loaded(TableStates.Current current, Change.Append change) {
        var known = change.loads().repeated()
                ? List.<LoadedFile.Key>of()
                : loads.known(commits.metadata(current), change.loads());
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of("'" + known.getFirst().name() + "' was loaded into table '"
                        + change.base().name() + "' while it was read"
                        + commits.changer(current, change.base().commit()));
    }

    CommitOutcome replace(Ref.Branch branch, Change.Replace change, CommitNote note) {
        return change.isEmpty()
                ? new CommitOutcome.Committed(commits.head(branch))
                : updateBase(branch, change.base(), note, staged -> new RowReplacement(staged, executor).apply(change));
    }

    CommitOutcome replace(Ref.Branch branch, Change.ReplacePartitions change, CommitNote note) {
        var partitioned = !change.base().partitioning().isEmpty();
        return partitioned && change.added().isEmpty()
                ? new CommitOutcome.Committed(commits.head(branch))
                : updateBase(branch, change.base(), note, staged -> replacePartitions(staged, change));
    }

    /** Conflicts unless the table is still as the change found it. */
    private CommitOutcome updateBase(
            Ref.Branch branch, TableVersion base, CommitNote note, Consumer<StagedTable> change) {
        var current = commits.load(base.name(), branch);
        if (!current.metadataLocation().equals(base.metadataLocation())) {
            return changedSince(current, base);
        }
        var outcome = commits.update(branch, current, note, change);
        return outcome instanceof CommitOutcome.Conflicted
                ? changedSince(commits.load(base.name(), branch), base)
                : outcome;
    }

    private CommitOutcome changedSince(TableStates.Current current, TableVersion base) {
        return new CommitOutcome.Conflicted(
                "Table '" + base.name() + "' was changed since it was read" + commits.changer(current, base.commit()));
    }

    private boolean isSame(TableStates.Current current, TableVersion base) {
        var now = commits.metadata(current);
        var then = tables.metadata(base.metadataLocation());
        return now.uuid().equals(then.uuid())
                && now.defaultSpecId() == then.defaultSpecId()
                && TypeUtil.indexById(now.schema().asStruct()).values().stream()
                        .noneMatch(field -> asksMore(field, then.schema()) || isOther(field, then.schema()));
    }

    /**
     * Whether values of the column as it was cannot be read as what it is now: a table that was replaced reuses ids.
     */
    private static boolean isOther(Types.NestedField field, Schema then) {
        var type = field.type();
        var before = then.findType(field.fieldId());
        return before != null
                && (type.isPrimitiveType()
                        ? !TypeUtil.isPromotionAllowed(before, type.asPrimitiveType())
                        : before.typeId() != type.typeId());
    }

    /** Whether a row that the schema allowed may have no value where there must be one now. */
    private static boolean asksMore(Types.NestedField field, Schema then) {
        var before = then.findField(field.fieldId());
        return field.isRequired() && (before == null ? field.initialDefault() == null : before.isOptional());
    }

    private void append(StagedTable staged, List<dev.sluice.core.DataFile> files) {
        var append = staged.table().newAppend().scanManifestsWith(executor);
        files.forEach(file -> append.appendFile(WrittenFile.toIceberg(file, staged)));
        append.commit();
    }

    private void replacePartitions(StagedTable staged, Change.ReplacePartitions change) {
        var table = staged.table();
        var files = change.added().stream()
                .map(file -> WrittenFile.toIceberg(file, staged))
                .toList();
        if (table.spec().isUnpartitioned()) {
            var overwrite = table.newOverwrite().scanManifestsWith(executor);
            files.forEach(overwrite::addFile);
            overwrite.overwriteByRowFilter(Expressions.alwaysTrue()).commit();
        } else {
            requireOnePartitioning(table, change.base());
            var replace = table.newReplacePartitions().scanManifestsWith(executor);
            files.forEach(replace::addFile);
            replace.commit();
        }
    }

    /** Iceberg replaces partitions of the present partitioning alone, and would leave older files beside the new. */
    private static void requireOnePartitioning(Table table, TableVersion base) {
        var snapshot = table.currentSnapshot();
        if (snapshot != null
                && snapshot.dataManifests(table.io()).stream()
                        .anyMatch(manifest ->
                                manifest.partitionSpecId() != table.spec().specId())) {
            throw Failure.unsupported("Table '" + base.name() + "' has files of an older partitioning, so INSERT"
                            + " OVERWRITE cannot tell what they hold: name the rows to replace, as in PARTITION"
                            + " (column = value)")
                    .exception();
        }
    }
}
