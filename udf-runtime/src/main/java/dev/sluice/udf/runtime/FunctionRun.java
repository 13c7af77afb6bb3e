package dev.sluice.udf.runtime;

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
    private volatile boolean cancelled;

    FunctionRun(UdfFunction function) {
        this.function = function;
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
        if (cancelled) {
            throw new FunctionCancelled();
        }
        return ScopedValue.where(CURRENT, this).<T, Throwable>call(code::run);
    }

    /** Makes the calls under way throw, and later ones too. */
    public final void cancel() {
        cancelled = true;
        function.cancelRuns();
    }

    /** What to tell about something that a call threw: the user's own frames, and no others. */
    public final String describe(Throwable thrown) {
        return ScopedValue.where(CURRENT, this)
                .call(() -> ThrownMessage.of(thrown, function.loader()::holds)); // its getMessage may be the user's
    }

    static void throwIfCancelled() {
        if (CURRENT.isBound() && CURRENT.get().cancelled) {
            throw new FunctionCancelled();
        }
    }
}
