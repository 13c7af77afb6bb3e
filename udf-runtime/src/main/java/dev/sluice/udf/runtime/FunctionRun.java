package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A function at work for one statement, on as many threads as the engine likes. Thread-safe.
 *
 * <p>Cancelling stops the user's code at its next {@link Checkpoint}, on this run's threads alone: other runs of the
 * function that are under way go on, slower, and later ones get a fresh copy of it, since whatever it keeps in statics
 * may be left half-written. A loop within the JDK (a regular expression that backtracks, a huge {@code BigInteger})
 * passes no checkpoint and ends when it ends.
 */
public final class FunctionRun {
    private static final ScopedValue<FunctionRun> CURRENT = ScopedValue.newInstance();

    private final UdfFunction function;
    private final MethodHandle loop;
    private volatile boolean cancelled;

    FunctionRun(UdfFunction function, Kernel kernel) {
        this.function = function;
        this.loop = kernel.loop();
    }

    public UdfFunction function() {
        return function;
    }

    /**
     * Calls the function for each row of {@code chunk}.
     *
     * @throws Throwable whatever the user's code throws, errors included
     */
    public void call(long chunk, long result) throws Throwable {
        if (cancelled) {
            throw new FunctionCancelled();
        }
        ScopedValue.where(CURRENT, this).<@Nullable Void, Throwable>call(() -> {
            loop.invokeExact(chunk, result);
            return null;
        });
    }

    /** Makes the calls under way throw, and later ones too. */
    public void cancel() {
        cancelled = true;
        function.cancelRuns();
    }

    /** What to tell about something that {@link #call} threw: the user's own frames, and no others. */
    public String describe(Throwable thrown) {
        return ScopedValue.where(CURRENT, this)
                .call(() -> ThrownMessage.of(thrown, function.loader()::holds)); // its getMessage may be the user's
    }

    static void throwIfCancelled() {
        if (CURRENT.isBound() && CURRENT.get().cancelled) {
            throw new FunctionCancelled();
        }
    }
}
