package dev.sluice.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/**
 * The wish that the process ends, as {@code SIGINT} or {@code SIGTERM}. After the first the system's own handlers are
 * back, so that a second ends the process at once.
 */
final class EndSignal implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Runnable onSignal;
    private final Object interrupt;
    private final Object terminate;

    private EndSignal(Runnable onSignal) {
        this.onSignal = onSignal;
        this.interrupt = Signals.register("INT", this::received);
        this.terminate = Signals.register("TERM", this::received);
    }

    /** Listens until closed; {@code onSignal} runs on a thread of the JVM's. */
    @MustBeClosed
    static EndSignal listen(Runnable onSignal) {
        return new EndSignal(onSignal);
    }

    private void received() {
        close();
        asked.countDown();
        onSignal.run();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Blocks until the process is asked to end. */
    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        Signals.unregister("INT", interrupt);
        Signals.unregister("TERM", terminate);
    }
}
