package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.CommitOutcome;
import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import dev.sluice.planner.TableRef;
import dev.sluice.server.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers changes to the catalog, and deletes the files of a change that certainly did not happen. Thread-safe. */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    private final Catalog catalog;

    Commits(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The branch that a statement writes to: the one its table names, or else the session's own. */
    static Ref.Branch branch(Plan plan, TableRef table) {
        if (table.asOf().isPresent() || table.snapshotId().isPresent()) {
            throw refused("The past of table " + table.name() + " cannot be changed: write to a branch", table);
        }
        if (table.ref().isPresent() && plan.commit().ref() instanceof Ref.Branch own && own.isHidden()) {
            throw new Failure.Invalid(
                            Code.ACTIVE_TRANSACTION,
                            "A transaction writes to the branch on which it began: leave out AT "
                                    + table.ref().get(),
                            Optional.of(table.position()))
                    .exception();
        }
        var ref = table.ref().orElse(plan.commit().ref());
        if (ref instanceof Ref.Branch branch) {
            requireUnprotected(branch, plan, Optional.of(table.position()));
            return branch;
        }
        throw refused(ref + " cannot be written to: USE BRANCH, or name a branch with AT BRANCH", table);
    }

    /** Refused before any file is written; the catalog itself refuses the change. */
    private static void requireUnprotected(Ref.Branch branch, Plan plan, Optional<Position> position) {
        if (plan.tables().isProtected(branch)) {
            throw new Failure.Forbidden(
                            branch + " is protected: change another branch and MERGE BRANCH it, or ALTER BRANCH "
                                    + branch.name() + " SET UNPROTECTED",
                            position)
                    .exception();
        }
    }

    /** The branch that a statement without a table writes to. */
    static Ref.Branch branch(Plan plan) {
        var branch = branch(plan.commit());
        requireUnprotected(branch, plan, Optional.empty());
        return branch;
    }

    /** The branch that is written to where it is read at the commit. */
    static Ref.Branch branch(Commit commit) {
        if (commit.ref() instanceof Ref.Branch branch) {
            return branch;
        }
        throw new Failure.Invalid(
                        Code.INVALID_STATEMENT,
                        commit.ref() + " cannot be written to: USE BRANCH first",
                        Optional.empty())
                .exception();
    }

    private static FailureException refused(String message, TableRef table) {
        return new Failure.Invalid(Code.INVALID_STATEMENT, message, Optional.of(table.position())).exception();
    }

    static CommitNote note(Session session, Plan plan) {
        return new CommitNote(session.user(), plan.sql());
    }

    /** Commits a change that wrote no files. */
    void commit(Ref.Branch branch, Change change, CommitNote note) {
        commit(branch, change, List.of(), note);
    }

    /** Commits a change that names new files. */
    void commit(Ref.Branch branch, Change change, List<DataFile> files, CommitNote note) {
        CommitOutcome outcome;
        try {
            outcome = catalog.commit(branch, change, note);
        } catch (FailureException e) {
            delete(files);
            throw e;
        }
        require(outcome, files);
    }

    /** Fails unless the outcome is a commit. */
    static void require(CommitOutcome outcome, List<DataFile> files) {
        switch (outcome) {
            case CommitOutcome.Committed _ -> {}
            case CommitOutcome.Conflicted(String reason) -> {
                delete(files);
                throw new Failure.Conflict(reason).exception();
            }
            case CommitOutcome.Unknown(String reason) ->
                throw new Failure.OutcomeUnknown(reason + ": the change may have happened, look before you repeat it")
                        .exception();
        }
    }

    /** Deletes files that no table names. */
    static void delete(List<DataFile> files) {
        for (var file : files) {
            try {
                Files.deleteIfExists(file.path());
            } catch (IOException e) {
                LOG.warn("An unused data file could not be deleted: {}", file.path(), e);
            }
        }
    }
}
