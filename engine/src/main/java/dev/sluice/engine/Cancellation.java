package dev.sluice.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Failure;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Ends a statement early: the first cancel wins, and interrupts whatever the statement is at. Thread-safe. */
public final class Cancellation {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Optional<Failure.Cancelled> reason = Optional.empty();

    @GuardedBy("lock")
    private Optional<Runnable> interrupt = Optional.empty();

    /** Any thread may call this, also before the statement starts or after it has ended. */
    public void cancel(Failure.Cancelled why) {
        Optional<Runnable> action;
        lock.lock();
        try {
            if (reason.isPresent()) {
                return;
            }
            reason = Optional.of(why);
            action = interrupt;
        } finally {
            lock.unlock();
        }
        action.ifPresent(Runnable::run);
    }

    /** Why the statement was cancelled, if it was. */
    public Optional<Failure.Cancelled> reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Fails where the statement was cancelled. */
    void check() {
        reason().ifPresent(why -> {
            throw why.exception();
        });
    }

    /** What interrupts the work that goes on from now; fails where the statement was cancelled before. */
    void onCancel(Runnable action) {
        lock.lock();
        try {
            interrupt = Optional.of(action);
        } finally {
            lock.unlock();
        }
        check();
    }

    /** The work has ended: there is nothing to interrupt any more. */
    void settled() {
        lock.lock();
        try {
            interrupt = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
