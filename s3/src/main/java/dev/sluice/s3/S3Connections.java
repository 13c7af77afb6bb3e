package dev.sluice.s3;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Requests of all statements that transfer much, a bounded number of them at once. Thread-safe. */
final class S3Connections {
    private static final int MAX = 8;

    private final Semaphore free = new Semaphore(MAX, true);

    /** Runs all, each on a thread of its own, and waits for all; after a failure no other one is begun. */
    void all(List<? extends Runnable> transfers) {
        var failed = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
        var threads = transfers.stream()
                .map(transfer -> Thread.ofVirtual().name("sluice-s3").start(() -> run(transfer, failed)))
                .toList();
        for (var thread : threads) {
            join(thread, failed);
        }
        failed.get().ifPresent(failure -> {
            throw failure;
        });
    }

    private void run(Runnable transfer, AtomicReference<Optional<RuntimeException>> failed) {
        free.acquireUninterruptibly();
        try {
            if (failed.get().isEmpty()) {
                transfer.run();
            }
        } catch (RuntimeException e) {
            failed.compareAndSet(Optional.empty(), Optional.of(e));
        } finally {
            free.release();
        }
    }

    private static void join(Thread thread, AtomicReference<Optional<RuntimeException>> failed) {
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                failed.set(Optional.of(S3Failures.cancelled().exception()));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
