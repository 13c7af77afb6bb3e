package dev.sluice.server.flight;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.engine.Cancellation;
import java.time.Duration;
import org.apache.arrow.flight.FlightProducer.CallContext;

/**
 * Cancels an update whose client has gone. Flight tells that of a stream of results by a call back, and of an update
 * only to those who ask: so it is asked for, now and then, until the update has ended.
 */
final class CallWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Cancellation cancellation = new Cancellation();
    private final Thread watcher;

    private CallWatch(CallContext context) {
        this.watcher = Thread.ofVirtual().name("call-watch").start(() -> watch(context));
    }

    @MustBeClosed
    static CallWatch start(CallContext context) {
        return new CallWatch(context);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    private void watch(CallContext context) {
        try {
            while (!context.isCancelled()) {
                Thread.sleep(PAUSE);
            }
            cancellation.cancel(new Failure.Cancelled(Code.CANCELLED, "The client went away"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the update has ended
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
