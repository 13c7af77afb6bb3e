package dev.sluice.catalog;

import dev.sluice.core.Ref;

/**
 * Hidden branches on which transactions work until they are merged or discarded. Their names begin with
 * {@link Ref.Branch#HIDDEN}, and {@link Catalog#refs} leaves them out. Thread-safe.
 */
public interface Forks {
    /** A new one, which begins at the commit. */
    Ref.Branch fork(Commit at);

    /**
     * Merges a fork in one commit, unless what was read for it has changed on the branch since. A fork that was merged
     * is gone.
     *
     * @param reads none where only what was written is to be looked at
     */
    CommitOutcome merge(Ref.Branch fork, Ref.Branch into, ReadSet reads, CommitNote note);

    /** Drops a fork that was certainly not merged, with all files that were written for it. */
    void discard(Ref.Branch fork);

    /**
     * Discards all forks, when a server starts: those that one left which was killed. Where one was merged, what the
     * merge took over stays. Does nothing where other servers may work, whose open transactions look the same.
     */
    void discardAll();
}
