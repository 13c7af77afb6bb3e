package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.Operation;

/**
 * Takes a table from one state to the next: a new metadata file first, then one commit that points to it. Files of a
 * commit that is known not to have happened are deleted again. Thread-safe.
 */
final class TableCommits {
    private static final int ATTEMPTS = 20;
    private static final long MAX_BACKOFF_MILLIS = 500;
    static final long NO_SNAPSHOT = -1;

    private final History history;
    private final Names names;
    private final Tables tables;
    private final FileIO io;

    TableCommits(History history, Names names, Tables tables, FileIO io) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.io = io;
    }

    /** A table as the head of a branch has it. */
    record Current(Commit head, Names.Entry entry, IcebergTable content) {
        String metadataLocation() {
            return content.getMetadataLocation();
        }
    }

    Current load(QualifiedName name, Commit head) {
        var entry = names.at(head)
                .find(name)
                .filter(each -> each.type().equals(Content.Type.ICEBERG_TABLE))
                .orElseThrow(() -> CatalogFailures.tableNotFound(name));
        return new Current(head, entry, (IcebergTable) names.content(head, entry));
    }

    TableMetadata metadata(Current current) {
        return tables.metadata(current.metadataLocation());
    }

    /** Makes a table under a key that is free at {@code head}. */
    CommitOutcome create(
            Ref.Branch branch,
            Commit head,
            ContentKey key,
            TableMetadata base,
            CommitNote note,
            Consumer<StagedTable> change) {
        return attempt(base, staged -> {
            change.accept(staged);
            return offer(branch, head, key, content(staged), note);
        });
    }

    CommitOutcome update(Ref.Branch branch, Current current, CommitNote note, Consumer<StagedTable> change) {
        return attempt(metadata(current), staged -> {
            change.accept(staged);
            if (!staged.isChanged()) {
                return new CommitOutcome.Committed(current.head());
            }
            var content = content(staged).withId(current.content().getId());
            return offer(branch, current.head(), current.entry().key(), content, note);
        });
    }

    /**
     * Offers a change to whatever the table has become, again and again while other commits come between.
     *
     * @param objection why the table as it is now cannot take the change; empty where it can
     */
    CommitOutcome updateHead(
            Ref.Branch branch,
            QualifiedName name,
            CommitNote note,
            Function<Current, Optional<String>> objection,
            Consumer<StagedTable> change) {
        for (var attempt = 1; ; attempt++) {
            var current = load(name, history.resolve(branch));
            var reason = objection.apply(current);
            if (reason.isPresent()) {
                return new CommitOutcome.Conflicted(reason.get());
            }
            var outcome = update(branch, current, note, change);
            if (!(outcome instanceof CommitOutcome.Conflicted) || attempt == ATTEMPTS) {
                return outcome;
            }
            backOff(attempt);
        }
    }

    /** The commit that changed the table after {@code base}, in words that go on a sentence; empty where none did. */
    String changer(Current current, Commit base) {
        return history.lastChange(current.entry().key(), current.head(), base)
                .map(commit -> ", by commit " + commit)
                .orElse("");
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

    /** Writes the table's metadata file, and gives the content that points to it. */
    static IcebergTable content(StagedTable staged) {
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
