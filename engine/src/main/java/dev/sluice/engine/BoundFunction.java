package dev.sluice.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A function that one statement calls by {@link #sqlName}. Close it after the statement. Thread-safe. */
public final class BoundFunction implements AutoCloseable {
    private final FunctionSlot slot;
    private final Runnable cancel;
    private final Consumer<FunctionSlot> giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    BoundFunction(FunctionSlot slot, Runnable cancel, Consumer<FunctionSlot> giveBack) {
        this.slot = slot;
        this.cancel = cancel;
        this.giveBack = giveBack;
    }

    public String sqlName() {
        return slot.sqlName();
    }

    /** Ends the calls under way, and those to come, with an error; for a statement that is cancelled. */
    public void cancel() {
        cancel.run();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.accept(slot);
        }
    }
}
