package dev.sluice.engine;

import dev.sluice.engine.DuckDbApi.Signature;
import dev.sluice.udf.runtime.FunctionRun;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** A name that DuckDB knows, and what is run under it now. Thread-safe. */
final class FunctionSlot {
    private final long number;
    private final Signature signature;
    private volatile @Nullable FunctionRun run;

    FunctionSlot(long number, Signature signature) {
        this.number = number;
        this.signature = signature;
    }

    long number() {
        return number;
    }

    Signature signature() {
        return signature;
    }

    String sqlName() {
        return "__sluice_udf_" + number;
    }

    void enter(FunctionRun newRun) {
        run = newRun;
    }

    void leave() {
        run = null;
    }

    /** Runs one batch; what the user's code throws becomes an error of the batch. */
    void call(long info, long chunk, long result) {
        var current = run;
        if (current == null) {
            fail(info, sqlName(), "The statement that this function belonged to has ended");
            return;
        }
        try {
            current.call(chunk, result);
        } catch (Throwable t) {
            fail(info, current.function().source().name(), current.describe(t));
        }
    }

    private static void fail(long info, String function, String message) {
        try (var arena = Arena.ofConfined()) {
            DuckDbApi.setError(info, arena.allocateFrom(FunctionBinder.marked(function, message)));
        }
    }
}
