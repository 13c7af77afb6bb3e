package dev.sluice.engine;

import dev.sluice.engine.DuckDbApi.Signature;
import dev.sluice.udf.runtime.FunctionRun;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** A name that DuckDB knows, and what is run under it now. Thread-safe. */
final class FunctionSlot {
    /** Begins the name that DuckDB knows; the slot's number follows. */
    static final String PREFIX = "__sluice_udf_";

    private final long number;
    private final Signature signature;
    private volatile @Nullable FunctionRun run;
    private volatile String function = "";

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
        return PREFIX + number;
    }

    /** The user's name of the function that has the slot, or had it last. */
    String function() {
        return function;
    }

    void declare(String newFunction) {
        function = newFunction;
    }

    void enter(FunctionRun newRun) {
        function = newRun.function().source().name();
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
