package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of one call of a table function, which come as they are asked for. Used by one thread at a time. */
public final class TableRows {
    private final TableRun run;
    private final MethodHandle fill;
    private final @Nullable Object rows;
    private final Iterator<?> iterator;

    TableRows(TableRun run, Kernel.Table kernel, @Nullable Object rows) {
        this.run = run;
        this.fill = kernel.fill();
        this.rows = rows;
        this.iterator = iterator(rows);
    }

    private static Iterator<?> iterator(@Nullable Object rows) {
        return switch (rows) {
            case null -> Collections.emptyIterator();
            case Stream<?> stream -> stream.iterator();
            case Iterator<?> iterator -> iterator;
            case Iterable<?> iterable -> iterable.iterator();
            default -> throw new IllegalStateException("The handler's result was checked");
        };
    }

    /**
     * Writes the next rows.
     *
     * @param chunk takes them from its row 0
     * @param places for each column of the function the chunk's column that takes it, or -1
     * @param most how many rows at most
     * @return how many there were; fewer than {@code most} at the end
     */
    public long next(long chunk, int[] places, long most) throws Throwable {
        return run.enter(() -> (long) fill.invokeExact(iterator, chunk, places, most));
    }

    /** Tells the function that no more rows are wanted. */
    public void close() throws Throwable {
        if (rows instanceof AutoCloseable closeable) {
            run.<@Nullable Void>enter(() -> {
                closeable.close();
                return null;
            });
        }
    }
}
