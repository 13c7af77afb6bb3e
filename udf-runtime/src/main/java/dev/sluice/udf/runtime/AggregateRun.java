package dev.sluice.udf.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A function of many rows at work. The engine keeps a state for each group of rows, which is one number: 0 for a group
 * without rows, else what finds the group's object. States are moved and copied as the engine likes. Thread-safe, but
 * for one state at a time.
 */
public final class AggregateRun extends FunctionRun {
    private final Kernel.Aggregate kernel;
    private final Groups groups;

    AggregateRun(UdfFunction function, Kernel.Aggregate kernel, Runnable end) {
        super(function, end);
        this.kernel = kernel;
        this.groups = new Groups();
    }

    /** Adds each row of {@code chunk} to the group of its state. */
    public void add(long chunk, long states) throws Throwable {
        this.<@Nullable Void>enter(() -> {
            kernel.add().invokeExact(chunk, states, (Object) groups);
            return null;
        });
    }

    /** Adds each of {@code count} groups to another, and leaves it as it is. */
    public void merge(long sources, long targets, long count) throws Throwable {
        this.<@Nullable Void>enter(() -> {
            kernel.merge().invokeExact(sources, targets, count, (Object) groups);
            return null;
        });
    }

    /**
     * Writes the results of groups to the rows from {@code from} to before {@code to}; the states are those of the same
     * rows.
     */
    public void finish(long states, long result, long from, long to) throws Throwable {
        this.<@Nullable Void>enter(() -> {
            kernel.finish().invokeExact(states, result, from, to, (Object) groups);
            return null;
        });
    }

    /** Lets a group go; the state is not used again. */
    public void forget(long state) {
        groups.remove(state);
    }

    /** How many groups there are. */
    public int groups() {
        return groups.size();
    }
}
