package dev.sluice.udf.runtime;

import org.jspecify.annotations.Nullable;

/** Writes Java objects into vectors of one type. Thread-safe. */
@FunctionalInterface
interface VectorWriter {
    /** Writes to one vector, behind the elements that it has; to be opened anew when the vector has grown. */
    Rows open(long vector);

    /** The rows of one vector, which are written in order. Confined to one thread. */
    @FunctionalInterface
    interface Rows {
        /** Null makes a null. */
        void write(long row, @Nullable Object value) throws Throwable;
    }
}
