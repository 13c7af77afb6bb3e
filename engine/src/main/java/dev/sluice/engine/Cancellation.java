package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Ends a statement early: the first cancel wins, and interrupts whatever the statement is at. Thread-safe. */
public final class Cancellation {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    @GuardedBy("lock")
    private Optional<Failure.Cancelled> reason = Optional.empty();

    @GuardedBy("lock")
    private final Map<Watch, Runnable> work = new LinkedHashMap<>();

    /** Any thread may call this, also before the statement starts or after it has ended; it does not wait. */
    public void cancel(Failure.Cancelled why) {
        lock.lock();
        try {
            if (reason.isEmpty()) {
                reason = Optional.of(why);
                Thread.ofVirtual().name("sluice-interrupt").start(this::interruptWork);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * An interrupt that arrives just before its work begins is lost, so it is repeated until the work has ended. The
     * lock is held meanwhile: what a {@link Watch} interrupts may be closed as soon as the watch is.
     */
    private void interruptWork() {
        lock.lock();
        try {
            for (var pause = FIRST_PAUSE_NANOS; !work.isEmpty(); pause = Math.min(2 * pause, LAST_PAUSE_NANOS)) {
                work.values().forEach(Runnable::run);
                var _ = ended.awaitNanos(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
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

    /**
     * Work that goes on from now, until the result is closed; fails where the statement was cancelled before.
     *
     * @param interrupt ends the work; may be called more than once, from another thread, and must not block
     */
    @MustBeClosed
    public Watch onCancel(Runnable interrupt) {
        lock.lock();
        try {
            check();
            var watch = new Watch();
            work.put(watch, interrupt);
            return watch;
        } finally {
            lock.unlock();
        }
    }

    /** Work that a cancel interrupts, until this is closed. */
    public final class Watch implements AutoCloseable {
        private Watch() {}

        @Override
        public void close() {
            lock.lock();
            try {
                work.remove(this);
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
