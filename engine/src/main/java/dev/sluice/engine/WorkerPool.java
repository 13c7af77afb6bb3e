package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Scope;
import dev.sluice.udf.runtime.FunctionFailure;
import dev.sluice.udf.runtime.FunctionImage;
import dev.sluice.udf.runtime.UdfFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warm worker processes. A worker has one function for all of its life, and is kept for the next statement that calls
 * it; some stand ready without one. Thread-safe.
 */
final class WorkerPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final WorkerConfig config;
    private final Scope scope = Scope.open();
    private final WorkerProcesses processes;
    private final ExecutorService starter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    @GuardedBy("lock")
    private final Deque<Idle> idle = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Deque<Worker> spares = new ArrayDeque<>();

    @GuardedBy("lock")
    private int working;

    @GuardedBy("lock")
    private boolean closed;

    private record Idle(String digest, Worker worker, long since) {}

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    WorkerPool(WorkerConfig config) throws IOException {
        this.config = config;
        this.processes = scope.own(new WorkerProcesses(config));
        this.starter = scope.own(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("function workers").daemon().factory()));
    }

    /** A worker that has the function, until it is given back or ended. */
    @SuppressWarnings("MustBeClosedChecker") // who leases it gives it back or ends it
    Worker lease(UdfFunction function) throws IOException, InterruptedException, FunctionFailure {
        var kept = reserve(function.digest());
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            var spare = spare();
            var worker = spare.isPresent() ? spare.get() : processes.start();
            try {
                worker.load(FunctionImage.write(function));
                starter.execute(this::refill);
                return worker;
            } catch (IOException | FunctionFailure | RuntimeException e) {
                worker.close();
                throw e;
            }
        } catch (IOException | FunctionFailure | RuntimeException e) {
            release();
            throw e;
        }
    }

    /** A kept worker of the function, or, if empty, the right to start one. */
    private Optional<Worker> reserve(String digest) throws IOException, InterruptedException {
        var left = LONGEST_WAIT.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    throw new IOException("The server is shutting down");
                }
                dropOld();
                var found = idle.stream()
                        .filter(kept -> kept.digest().equals(digest))
                        .findFirst();
                if (found.isPresent()) {
                    idle.remove(found.get());
                    working++;
                    return found.map(Idle::worker);
                }
                if (working + idle.size() < config.most()) {
                    working++;
                    return Optional.empty();
                }
                if (!idle.isEmpty()) {
                    idle.removeFirst().worker().close();
                } else if (left <= 0) {
                    throw new IOException("All " + config.most() + " worker processes are busy");
                } else {
                    left = returned.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void dropOld() {
        var oldest = System.nanoTime() - KEPT.toNanos();
        idle.removeIf(kept -> {
            var old = kept.since() - oldest < 0 || !kept.worker().isUsable();
            if (old) {
                kept.worker().close();
            }
            return old;
        });
    }

    private Optional<Worker> spare() {
        lock.lock();
        try {
            return Optional.ofNullable(spares.poll());
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the pool closes it
    private void refill() {
        try {
            while (wantsSpare()) {
                var worker = processes.start();
                lock.lock();
                try {
                    if (closed) {
                        worker.close();
                    } else {
                        spares.add(worker);
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("A spare worker process could not be started", e);
        }
    }

    private boolean wantsSpare() {
        lock.lock();
        try {
            return !closed && spares.size() < config.spares();
        } finally {
            lock.unlock();
        }
    }

    void giveBack(UdfFunction function, Worker worker) {
        lock.lock();
        try {
            working--;
            if (closed) {
                worker.close();
            } else {
                idle.addLast(new Idle(function.digest(), worker, System.nanoTime()));
            }
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A worker that is not used again. */
    void end(Worker worker) {
        worker.close();
        release();
    }

    private void release() {
        lock.lock();
        try {
            working--;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Worker> left = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            idle.forEach(kept -> left.add(kept.worker()));
            left.addAll(spares);
            idle.clear();
            spares.clear();
            returned.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(Worker::close);
        starter.shutdownNow();
        scope.close();
    }
}
