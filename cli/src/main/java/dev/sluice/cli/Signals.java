package dev.sluice.cli;

import java.util.concurrent.CountDownLatch;

/** Waits for the signals that ask a process to end. */
final class Signals {
    private Signals() {}

    /**
     * Blocks until the process is asked to end, by {@code SIGINT} or {@code SIGTERM}. A second signal ends it at once,
     * since the handlers are given back.
     */
    static void awaitEnd() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var interrupt = org.jline.utils.Signals.register("INT", asked::countDown);
        var terminate = org.jline.utils.Signals.register("TERM", asked::countDown);
        try {
            asked.await();
        } finally {
            org.jline.utils.Signals.unregister("INT", interrupt);
            org.jline.utils.Signals.unregister("TERM", terminate);
        }
    }
}
