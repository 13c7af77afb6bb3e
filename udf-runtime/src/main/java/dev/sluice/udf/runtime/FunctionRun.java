package dev.sluice.udf.runtime;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A function at work for one statement, on as many threads as the engine likes. Thread-safe.
 *
 * <p>Cancelling stops the user's code at its next {@link Checkpoint}, on this run's threads alone: other runs of the
 * function that are under way go on, slower, and later ones get a fresh copy of it, since whatever it keeps in statics
 * may be left half-written. A loop within the JDK (a regular expression that backtracks, a huge {@code BigInteger})
 * passes no checkpoint and ends when it ends.
 */
public abstract sealed class FunctionRun permits ScalarRun, AggregateRun, TableRun {
    private static final ScopedValue<FunctionRun> CURRENT = ScopedValue.newInstance();

    private final UdfFunction function;
    private final Runnable end;
    private final LongAdder spent = new LongAdder();
    private volatile @Nullable String stopped;

    /** @param end makes the calls under way end, once this run is stopped */
    FunctionRun(UdfFunction function, Runnable end) {
        this.function = function;
        this.end = end;
    }

    public final UdfFunction function() {
        return function;
    }

    /** Code of the user's, and of ours around it. */
    interface Code<T extends @Nullable Object> {
        T run() throws Throwable;
    }

    /** Runs code whose checkpoints ask for this run. */
    final <T extends @Nullable Object> T enter(Code<T> code) throws Throwable {
        requireGoing();
        var call = function.watch().begin(this);
        try {
            return ScopedValue.where(CURRENT, this).<T, Throwable>call(code::run);
        } catch (Throwable t) {
            requireGoing(); // what it threw is then only how it stopped
            throw t;
        } finally {
            function.watch().end(call);
        }
    }

    /** Makes the calls under way throw, and later ones too. */
    public final void cancel() {
        stop("The statement was cancelled");
    }

    /** @param reason for the author of the function, or for who runs it */
    final void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
            end.run();
        }
    }

    final void spend(long nanos) {
        spent.add(nanos);
    }

    /** @param underWay nanoseconds that its calls under way have taken until now */
    final void stopAfter(long underWay) {
        var timeout = function.source().limits().timeout();
        if (timeout.isPresent() && spent.sum() + underWay > timeout.get().toNanos()) {
            stop("It worked for longer than its TIMEOUT of " + timeout.get().toMillis() + " ms, and was stopped");
        }
    }

    private void requireGoing() {
        var reason = stopped;
        if (reason != null) {
            throw new FunctionCancelled(reason);
        }
    }

    /** What to tell about something that a call threw: the user's own frames, and no others. */
    public final String describe(Throwable thrown) {
        return switch (thrown) {
            case FunctionCancelled cancelled -> cancelled.reason();
            case FunctionFailure failure -> failure.text();
            default -> message(thrown);
        };
    }

    /** Its {@code getMessage} may be the user's, and is watched like a call. */
    private String message(Throwable thrown) {
        var call = function.watch().begin(this);
        try {
            return ScopedValue.where(CURRENT, this).call(() -> ThrownMessage.of(thrown, function.loader()::holds));
        } finally {
            function.watch().end(call);
        }
    }

    static void throwIfCancelled() {
        if (CURRENT.isBound()) {
            CURRENT.get().requireGoing();
        }
    }
}
