package dev.sluice.engine;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets so many statements run at once; the others wait for a while, in order. Thread-safe. */
final class Admission {
    private final int places;
    private final Duration wait;
    private final Semaphore free;

    Admission(int places, Duration wait) {
        this.places = places;
        this.wait = wait;
        this.free = new Semaphore(places, true);
    }

    /** Takes a place, for the caller to close; {@code TOO_MANY_STATEMENTS} where none gets free in time. */
    Place enter() {
        try {
            if (free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Place(free);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Failure.Exhausted(
                        Code.TOO_MANY_STATEMENTS,
                        places + " statements run already: try again, or raise engine.running-statements")
                .exception();
    }

    /** The right to run. */
    static final class Place implements AutoCloseable {
        private final Semaphore admission;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place(Semaphore admission) {
            this.admission = admission;
        }

        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                admission.release();
            }
        }
    }
}
