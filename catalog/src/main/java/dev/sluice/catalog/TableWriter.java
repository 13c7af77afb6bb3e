package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.Operation;

/**
 * Changes of tables: new manifests and a new metadata file first, then one commit that points to them. Files of a
 * commit that is known not to have happened are deleted again. Callers change one table at a time; thread-safe across
 * tables.
 */
final class TableWriter {
    private static final int ATTEMPTS = 20;
    private static final long MAX_BACKOFF_MILLIS = 500;
    private static final long NO_SNAPSHOT = -1;

    private final History history;
    private final Names names;
    private final Tables tables;
    private final FileIO io;
    private final ExecutorService executor;

    TableWriter(History history, Names names, Tables tables, FileIO io, ExecutorService executor) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.io = io;
        this.executor = executor;
    }

    CommitOutcome create(Ref.Branch branch, Change.CreateTable change, CommitNote note) {
        var head = history.resolve(branch);
        var draft = change.draft();
        var key = names.at(head).freeKey(draft.name());
        return attempt(Tables.create(draft), staged -> {
            if (!change.files().isEmpty()) {
                append(staged, change.files());
            }
            return offer(branch, head, key, content(staged), note);
        });
    }

    /** Appends to whatever the table has become, as long as it is the same table with the same partitioning. */
    CommitOutcome append(Ref.Branch branch, Change.Append change, CommitNote note) {
        var head = history.resolve(branch);
        if (change.files().isEmpty()) {
            return new CommitOutcome.Committed(head);
        }
        var base = change.base();
        for (var attempt = 1; ; attempt++) {
            var current = load(base.name(), head);
            if (!isSame(current, base)) {
                return new CommitOutcome.Conflicted("Table '" + base.name() + "' was replaced or partitioned anew"
                        + " while rows were written for it" + by(current, head, base));
            }
            var outcome = update(branch, head, current, note, staged -> append(staged, change.files()));
            if (!(outcome instanceof CommitOutcome.Conflicted) || attempt == ATTEMPTS) {
                return outcome;
            }
            backOff(attempt);
            head = history.resolve(branch);
        }
    }

    CommitOutcome replace(Ref.Branch branch, Change.Replace change, CommitNote note) {
        var head = history.resolve(branch);
        if (change.removed().isEmpty() && change.added().isEmpty()) {
            return new CommitOutcome.Committed(head);
        }
        var base = change.base();
        var current = load(base.name(), head);
        if (!current.content().getMetadataLocation().equals(base.metadataLocation())) {
            return changedSince(current, head, base);
        }
        var outcome = update(branch, head, current, note, staged -> replace(staged, change));
        return outcome instanceof CommitOutcome.Conflicted
                ? changedSince(current, history.resolve(branch), base)
                : outcome;
    }

    /** The table's files stay: other commits have it. */
    CommitOutcome drop(Ref.Branch branch, QualifiedName name, CommitNote note) {
        var head = history.resolve(branch);
        var key = load(name, head).entry().key();
        return history.commit(branch, head, List.of(Operation.Delete.of(key)), note);
    }

    private CommitOutcome changedSince(Current current, Commit head, TableVersion base) {
        return new CommitOutcome.Conflicted(
                "Table '" + base.name() + "' was changed since it was read" + by(current, head, base));
    }

    private String by(Current current, Commit head, TableVersion base) {
        return history.lastChange(current.entry().key(), head, base.commit())
                .map(commit -> ", by commit " + commit)
                .orElse("");
    }

    /** A table as the head of a branch has it. */
    private record Current(Names.Entry entry, IcebergTable content) {}

    private Current load(QualifiedName name, Commit head) {
        var entry = names.at(head)
                .find(name)
                .filter(each -> each.type().equals(Content.Type.ICEBERG_TABLE))
                .orElseThrow(() -> CatalogFailures.tableNotFound(name));
        return new Current(entry, (IcebergTable) names.content(head, entry));
    }

    private boolean isSame(Current current, TableVersion base) {
        var now = tables.metadata(current.content().getMetadataLocation());
        var then = tables.metadata(base.metadataLocation());
        return now.uuid().equals(then.uuid()) && now.defaultSpecId() == then.defaultSpecId();
    }

    private CommitOutcome update(
            Ref.Branch branch, Commit head, Current current, CommitNote note, Consumer<StagedTable> change) {
        return attempt(tables.metadata(current.content().getMetadataLocation()), staged -> {
            change.accept(staged);
            var content = content(staged).withId(current.content().getId());
            return offer(branch, head, current.entry().key(), content, note);
        });
    }

    /** Whatever ends without a commit leaves no files; one whose end is unknown keeps them. */
    private CommitOutcome attempt(TableMetadata base, Function<StagedTable, CommitOutcome> body) {
        var staged = new StagedTable(base, io);
        try {
            var outcome = CatalogFailures.translated("Writing table metadata", () -> body.apply(staged));
            if (outcome instanceof CommitOutcome.Conflicted) {
                staged.discard();
            }
            return outcome;
        } catch (RuntimeException e) {
            staged.discard();
            throw e;
        }
    }

    private CommitOutcome offer(Ref.Branch branch, Commit head, ContentKey key, IcebergTable content, CommitNote note) {
        return history.commit(branch, head, List.of(Operation.Put.of(key, content)), note);
    }

    private static IcebergTable content(StagedTable staged) {
        var location = staged.write();
        var table = staged.current();
        var snapshot = table.currentSnapshot();
        return IcebergTable.of(
                location,
                snapshot == null ? NO_SNAPSHOT : snapshot.snapshotId(),
                table.currentSchemaId(),
                table.defaultSpecId(),
                table.defaultSortOrderId());
    }

    private void append(StagedTable staged, List<dev.sluice.core.DataFile> files) {
        var append = staged.table().newAppend().scanManifestsWith(executor);
        files.forEach(file -> append.appendFile(WrittenFile.toIceberg(file, staged.current())));
        append.commit();
    }

    private void replace(StagedTable staged, Change.Replace change) {
        var table = staged.table();
        var overwrite = table.newOverwrite().scanManifestsWith(executor);
        find(table, change).forEach(overwrite::deleteFile);
        change.added().forEach(file -> overwrite.addFile(WrittenFile.toIceberg(file, staged.current())));
        overwrite.commit();
    }

    /** The files to remove, as the table lists them. */
    private List<DataFile> find(Table table, Change.Replace change) {
        var wanted = new HashSet<>(change.removed());
        var found = new ArrayList<DataFile>();
        try (var tasks = table.newScan().planWith(executor).planFiles()) {
            for (var task : tasks) {
                if (wanted.remove(LocalFileIO.path(task.file().location()))) {
                    found.add(task.file());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!wanted.isEmpty()) {
            throw new Failure.Internal("Table '" + change.base().name() + "' has no file " + wanted).exception();
        }
        return found;
    }

    private static void backOff(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, Math.min(MAX_BACKOFF_MILLIS, 4L << attempt)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Cancelled(Code.CANCELLED, "Interrupted while it waited to commit again"), e);
        }
    }
}
