package dev.sluice.udf.runtime;

import dev.sluice.udf.Table;
import java.util.function.LongFunction;

/** A function of rows from arguments at work. Thread-safe. */
public final class TableRun extends FunctionRun {
    private final Kernel.Table kernel;

    TableRun(UdfFunction function, Kernel.Table kernel, Runnable end) {
        super(function, end);
        this.kernel = kernel;
    }

    /**
     * Calls the function, for the caller to close its rows.
     *
     * @param arguments a chunk whose first row they are
     * @param tables gives the table that is an argument, by the number that stands for it
     */
    public TableRows open(long arguments, LongFunction<Table> tables) throws Throwable {
        return enter(() -> new TableRows(this, kernel, (Object) kernel.open().invokeExact(arguments, tables)));
    }
}
