package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;

/** Compiled loops over batches of rows; they throw what the user's methods throw. */
sealed interface Kernel {
    /**
     * A loop over rows.
     *
     * @param loop {@code (long chunk, long result) → void}
     */
    record Scalar(MethodHandle loop) implements Kernel {}

    /**
     * Loops over states.
     *
     * @param add {@code (long chunk, long states, Object groups) → void}
     * @param merge {@code (long sources, long targets, long count, Object groups) → void}
     * @param finish {@code (long states, long result, long from, long to, Object groups) → void}
     */
    record Aggregate(MethodHandle add, MethodHandle merge, MethodHandle finish) implements Kernel {}

    /**
     * The call of a table function, and a loop over its rows.
     *
     * @param open {@code (long arguments, LongFunction tables) → Object}: rows, or null for none
     * @param fill {@code (Iterator rows, long chunk, int[] places, long most) → long}: how many rows were written
     */
    record Table(MethodHandle open, MethodHandle fill) implements Kernel {}
}
