package dev.sluice.udf;

import org.jspecify.annotations.Nullable;

/** A column of a batch of a {@link Table}. Rows count from 0. */
public interface Column {
    boolean isNull(int row);

    /**
     * The value as a parameter of the column's type takes it, boxed; null for a null.
     *
     * @throws IllegalArgumentException for a column of a type that comes in no batch yet, such as a list
     */
    @Nullable
    Object get(int row);

    /**
     * The value of a column of whole numbers; 0 for a null.
     *
     * @throws IllegalArgumentException for a column of another type
     */
    long getLong(int row);

    /**
     * The value of a column of numbers; 0 for a null.
     *
     * @throws IllegalArgumentException for a column of another type
     */
    double getDouble(int row);

    /** All values of the batch, as {@link #getLong} gives them. */
    long[] longs();

    /** All values of the batch, as {@link #getDouble} gives them. */
    double[] doubles();
}
