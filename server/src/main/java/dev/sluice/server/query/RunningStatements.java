package dev.sluice.server.query;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.engine.Cancellation;
import dev.sluice.server.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/** The statements that run now: each can be seen and cancelled, and a server that ends waits for them. Thread-safe. */
public final class RunningStatements {
    private final InstantSource clock;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    public RunningStatements(InstantSource clock) {
        this.clock = clock;
    }

    /** A statement while it runs; closed when it has ended. */
    public final class Running implements AutoCloseable {
        private final long id = ids.incrementAndGet();
        private final Session session;
        private final Instant started = clock.instant();
        private final Cancellation cancellation;
        private final AtomicLong rows = new AtomicLong();
        private volatile DoubleSupplier progress = () -> -1;

        private Running(Session session, Cancellation cancellation) {
            this.session = session;
            this.cancellation = cancellation;
        }

        public Cancellation cancellation() {
            return cancellation;
        }

        void showProgress(DoubleSupplier percent) {
            progress = percent;
        }

        void addRows(long count) {
            rows.addAndGet(count);
        }

        @Override
        public void close() {
            progress = () -> -1;
            running.remove(id);
            lock.lock();
            try {
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * How far a statement is.
     *
     * @param percent of its input that has been read, or -1 where that is not known
     * @param rows that the client has got
     */
    public record Progress(long id, double percent, long rows, double seconds) {}

    Running start(Session session, Cancellation cancellation) {
        var statement = new Running(session, cancellation);
        running.put(statement.id, statement);
        if (ending.get()) {
            statement.close();
            throw new Failure.Cancelled(Code.SHUTTING_DOWN, "The server is shutting down").exception();
        }
        return statement;
    }

    /** When the oldest of them began; empty where none runs. */
    Optional<Instant> oldest() {
        return running.values().stream().map(r -> r.started).min(Comparator.naturalOrder());
    }

    /** The running statements of one session, the oldest first. */
    public List<Progress> of(Session session) {
        return running.values().stream()
                .filter(r -> r.session == session)
                .map(r -> new Progress(
                        r.id,
                        r.progress.getAsDouble(),
                        r.rows.get(),
                        Duration.between(r.started, clock.instant()).toMillis() / 1e3))
                .sorted(Comparator.comparingLong(Progress::id))
                .toList();
    }

    /**
     * Takes no more statements, waits for the running ones, then cancels those that are left and waits for their end.
     */
    public void end(Duration patience, Duration grace) {
        ending.set(true);
        if (!awaitNone(patience)) {
            var reason = new Failure.Cancelled(Code.SHUTTING_DOWN, "The server is shutting down");
            running.values().forEach(r -> r.cancellation.cancel(reason));
            awaitNone(grace);
        }
    }

    private boolean awaitNone(Duration patience) {
        lock.lock();
        try {
            var nanos = patience.toNanos();
            while (!running.isEmpty()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = ended.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
