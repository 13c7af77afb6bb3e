package dev.sluice.catalog;

/** What became of a commit. Only after {@link Conflicted} may the files that it named be deleted. */
public sealed interface CommitOutcome {
    /** It is in the branch, as this commit. */
    record Committed(Commit commit) implements CommitOutcome {}

    /** Nothing was done, since this came between. */
    record Conflicted(String reason) implements CommitOutcome {}

    /** It may be in the branch: the answer was lost. */
    record Unknown(String reason) implements CommitOutcome {}
}
