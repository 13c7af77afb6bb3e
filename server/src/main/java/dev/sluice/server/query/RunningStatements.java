package dev.sluice.server.query;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.engine.Cancellation;
import dev.sluice.server.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** The statements that run now: each can be seen and cancelled, and a server that ends waits for them. Thread-safe. */
public final class RunningStatements {
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_PAST = 1_000;

    private final InstantSource clock;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    @GuardedBy("lock")
    private final Deque<Seen> past = new ArrayDeque<>();

    public RunningStatements(InstantSource clock) {
        this.clock = clock;
    }

    /** A statement while it runs; closed when it has ended. */
    public final class Running implements AutoCloseable {
        private final long id = ids.incrementAndGet();
        private final Session session;
        private final String text;
        private final Instant started = clock.instant();
        private final Cancellation cancellation;
        private final AtomicLong rows = new AtomicLong();
        private volatile DoubleSupplier progress = () -> -1;

        private Running(Session session, String text, Cancellation cancellation) {
            this.session = session;
            this.text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
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
            if (running.remove(id) != null) {
                remember(seen(this, clock.instant(), false));
            }
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

    /**
     * A statement that runs, or has run not long ago.
     *
     * @param text its beginning, where it is long
     * @param rows that the client has got
     */
    record Seen(long id, String user, String text, Instant started, Duration elapsed, long rows, boolean isRunning) {}

    /** Those that run and the last ones that ended, the oldest first. */
    List<Seen> seen() {
        var now = clock.instant();
        lock.lock();
        try {
            return Stream.concat(past.stream(), running.values().stream().map(r -> seen(r, now, true)))
                    .sorted(Comparator.comparingLong(Seen::id))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private static Seen seen(Running statement, Instant now, boolean isRunning) {
        return new Seen(
                statement.id,
                statement.session.user(),
                statement.text,
                statement.started,
                Duration.between(statement.started, now),
                statement.rows.get(),
                isRunning);
    }

    private void remember(Seen ended) {
        lock.lock();
        try {
            past.addLast(ended);
            if (past.size() > MAX_PAST) {
                past.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a running statement. */
    void kill(String id, Session by) {
        var statement = running.values().stream()
                .filter(r -> Long.toString(r.id).equals(id))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound(
                                Code.STATEMENT_NOT_FOUND,
                                "No statement '" + id + "' runs: SHOW QUERIES lists those that do",
                                Optional.empty())
                        .exception());
        statement.cancellation.cancel(
                new Failure.Cancelled(Code.CANCELLED, "The statement was killed by '" + by.user() + "'"));
    }

    Running start(Session session, String text, Cancellation cancellation) {
        var statement = new Running(session, text, cancellation);
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
