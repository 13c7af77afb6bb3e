package dev.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What tests know of a process that they started: what it has logged. */
final class Processes {
    private static final Duration LOOK = Duration.ofMillis(100);

    private Processes() {}

    /** The first line of the log that holds the text; fails where the process ends before, or says nothing in time. */
    static String waitForLine(Process process, Path log, String text, int maxSeconds) throws IOException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(maxSeconds);
        for (; ; ) {
            var ended = hasEnded(process);
            var line = find(log, text);
            if (line.isPresent()) {
                return line.get();
            }
            if (ended || System.nanoTime() > deadline) {
                throw new IOException((ended ? "The process ended" : "Nothing in " + maxSeconds + " s")
                        + " before it said '" + text + "'; its log is " + log.toAbsolutePath());
            }
        }
    }

    private static Optional<String> find(Path log, String text) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).findFirst();
        }
    }

    /** Waits a moment for the end. */
    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
