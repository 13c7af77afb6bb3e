package dev.sluice.engine;

import dev.sluice.core.FunctionKind;
import dev.sluice.engine.DuckDbApi.Signature;
import dev.sluice.udf.runtime.FunctionRun;
import dev.sluice.udf.runtime.UdfSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A name that DuckDB knows, and what is run under it now. Thread-safe. */
final class FunctionSlot {
    /** Begins the name that DuckDB knows; the slot's number follows. */
    static final String PREFIX = "__sluice_udf_";

    private final long number;
    private final Shape shape;
    private volatile @Nullable Lease lease;
    private volatile @Nullable UdfSource source;
    private volatile long leases;

    FunctionSlot(long number, Shape shape) {
        this.number = number;
        this.shape = shape;
    }

    /** What a function must have in common with others to be run under their name. */
    record Shape(FunctionKind kind, Signature signature) {}

    /** @param number of this lease among the slot's */
    record Lease(long number, FunctionRun run) {}

    long number() {
        return number;
    }

    Shape shape() {
        return shape;
    }

    String sqlName() {
        return PREFIX + number;
    }

    /** The user's name of the function that has the slot, or had it last. */
    String function() {
        return source().name();
    }

    /** What is declared of the function that has the slot, or had it last. */
    UdfSource source() {
        return Objects.requireNonNull(source, "Each slot is made for a function");
    }

    void declare(UdfSource function) {
        source = function;
    }

    /** Only who has taken the slot may call this. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    void enter(FunctionRun run) {
        source = run.function().source();
        leases++;
        lease = new Lease(leases, run);
    }

    void leave() {
        lease = null;
    }

    /** What is run now; fails where the statement that it belonged to has ended. */
    Lease lease() {
        var current = lease;
        if (current == null) {
            throw new IllegalStateException("The statement that this function belonged to has ended");
        }
        return current;
    }

    /** What a call threw, as DuckDB is told it. */
    String marked(Throwable thrown) {
        var current = lease;
        return current == null
                ? FunctionErrors.marked(sqlName(), String.valueOf(thrown.getMessage()))
                : FunctionErrors.marked(function(), current.run().describe(thrown));
    }
}
