package dev.sluice.catalog;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** In which order this process changes the catalog, so that its changes wait instead of conflicting. Thread-safe. */
final class Turns {
    private final Stripes names = new Stripes();

    /** A merge brings names that no stripe stands for: it runs apart from all. */
    private final ReentrantReadWriteLock merges = new ReentrantReadWriteLock(true);

    /** While no other change of the same name runs, on any branch, and no merge. */
    CommitOutcome alone(Object name, Supplier<CommitOutcome> change) {
        var stripe = names.of(name);
        merges.readLock().lock();
        stripe.lock();
        try {
            return change.get();
        } finally {
            stripe.unlock();
            merges.readLock().unlock();
        }
    }

    /** While nothing else changes. */
    CommitOutcome apart(Supplier<CommitOutcome> merge) {
        merges.writeLock().lock();
        try {
            return merge.get();
        } finally {
            merges.writeLock().unlock();
        }
    }
}
