package dev.sluice.catalog;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a catalog that keeps a history can tell of it. Thread-safe. Failures are {@code FailureException}s. */
public interface Branches {
    /**
     * The newest commits of a history, the newest first.
     *
     * @param table only those that changed the table of this name
     */
    List<LoggedCommit> log(Commit head, Optional<QualifiedName> table, int limit);

    /**
     * What {@code to} has otherwise than {@code from}, by name; equal commits have no difference.
     *
     * @param named the names that are wanted; counting the files of a table reads its manifests
     */
    List<Difference> diff(Commit from, Commit to, Predicate<QualifiedName> named);

    /** From now on, the branch takes changes by merges alone, and cannot be dropped. */
    CommitOutcome protect(Ref.Branch branch, CommitNote note);

    /** The branch takes any change again. */
    CommitOutcome unprotect(Ref.Branch branch, CommitNote note);

    /** What {@link Catalog#merge} would do now; nothing is changed. */
    MergeForecast forecast(Commit from, Ref.Branch into);
}
