package dev.sluice.udf.runtime;

import org.jspecify.annotations.Nullable;

/** Reads vectors of one type as Java objects. Thread-safe. */
@FunctionalInterface
interface VectorReader {
    /** Reads one vector, while it is not changed. */
    Rows open(long vector);

    /** The values of one vector. Confined to one thread. */
    @FunctionalInterface
    interface Rows {
        /** A new object; null for a null. */
        @Nullable
        Object read(long row) throws Throwable;
    }
}
