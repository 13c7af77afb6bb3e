package dev.sluice.udf;

import java.util.List;

/**
 * The rows of a table that a function takes. They come in batches, each of which stands for itself: what a batch's
 * columns give is read before the next one is asked for. Used by one thread.
 *
 * <pre>{@code
 * while (table.next()) {
 *     double[] prices = table.column("price").doubles();
 *     …
 * }
 * }</pre>
 */
public interface Table {
    /** The columns' names, in order. */
    List<String> columns();

    /** Goes to the next batch, the first one at first; false after the last. */
    boolean next();

    /** How many rows the batch has. */
    int rows();

    /**
     * A column of the batch, by its name in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    Column column(String name);
}
