package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;

/**
 * Takes a table from one state to the next: its new files first, then one commit. Files of a commit that is known not
 * to have happened are deleted again. Thread-safe.
 */
final class TableCommits {
    private static final int ATTEMPTS = 20;
    private static final long MAX_BACKOFF_MILLIS = 500;

    private final TableStates states;
    private final Tables tables;
    private final WarehouseIO io;

    TableCommits(TableStates states, Tables tables, WarehouseIO io) {
        this.states = states;
        this.tables = tables;
        this.io = io;
    }

    Commit head(Ref.Branch branch) {
        return states.head(branch);
    }

    /** The table as the branch has it now. */
    TableStates.Current load(QualifiedName name, Ref.Branch branch) {
        return states.load(name, states.head(branch));
    }

    TableMetadata metadata(TableStates.Current current) {
        return tables.metadata(current.metadataLocation());
    }

    /** Makes a table under a name that is free. */
    CommitOutcome create(
            Ref.Branch branch, QualifiedName name, TableMetadata base, CommitNote note, Consumer<StagedTable> change) {
        var head = states.head(branch);
        var free = states.free(name, head);
        return attempt(base, staged -> {
            change.accept(staged);
            return states.create(branch, head, free, staged, note);
        });
    }

    CommitOutcome update(
            Ref.Branch branch, TableStates.Current current, CommitNote note, Consumer<StagedTable> change) {
        return attempt(metadata(current), staged -> {
            change.accept(staged);
            return staged.isChanged()
                    ? states.update(branch, current, staged, note)
                    : new CommitOutcome.Committed(current.head());
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
            Function<TableStates.Current, Optional<String>> objection,
            Consumer<StagedTable> change) {
        for (var attempt = 1; ; attempt++) {
            var current = load(name, branch);
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
    String changer(TableStates.Current current, Commit base) {
        return states.changer(current, base);
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
