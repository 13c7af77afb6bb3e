package dev.sluice.cli;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line that lives while a statement runs for longer than a second: a bar where the server knows how far it is, a
 * spinner where not. Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PERIOD = Duration.ofMillis(150);
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ERASE = "\r\033[K";
    private static final int BAR_WIDTH = 30;

    private final SluiceClient client;
    private final PrintWriter terminal;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final long begin = System.nanoTime();

    @GuardedBy("lock")
    private boolean drawn;

    private ProgressLine(SluiceClient client, PrintWriter terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /** Begins to watch the statement that the client runs, until closed. */
    @MustBeClosed
    static ProgressLine watch(SluiceClient client, PrintWriter terminal) {
        var line = new ProgressLine(client, terminal);
        Thread.ofVirtual().name("progress").start(line::draw);
        return line;
    }

    private void draw() {
        try {
            var wait = PATIENCE;
            for (var frame = 0; !done.await(wait.toMillis(), TimeUnit.MILLISECONDS); frame++) {
                draw(text(progress(), frame));
                wait = PERIOD;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Progress> progress() {
        try {
            return Progress.parse(client.progress());
        } catch (StatementException _) {
            return Optional.empty();
        }
    }

    private void draw(String text) {
        lock.lock();
        try {
            if (done.getCount() > 0) {
                terminal.print(ERASE + text);
                terminal.flush();
                drawn = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private String text(Optional<Progress> progress, int frame) {
        var time = Words.duration(Duration.ofNanos(System.nanoTime() - begin));
        var rows = progress.filter(known -> known.rows() > 0)
                .map(known -> "  " + Words.count(known.rows(), "row"))
                .orElse("");
        var percent = progress.stream()
                .flatMapToDouble(known -> known.percent().stream())
                .findFirst();
        return percent.isPresent()
                ? bar(percent.getAsDouble()) + "  " + time + rows
                : SPINNER.charAt(frame % SPINNER.length()) + "  " + time + rows;
    }

    static String bar(double percent) {
        var filled = Math.clamp(Math.round(percent / 100 * BAR_WIDTH), 0, BAR_WIDTH);
        return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled) + "  " + Math.round(percent) + " %";
    }

    /** Ends the line and leaves no trace of it; what is printed next stands where it was. */
    @Override
    public void close() {
        lock.lock();
        try {
            done.countDown();
            if (drawn) {
                terminal.print(ERASE);
                terminal.flush();
                drawn = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
