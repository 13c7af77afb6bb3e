package dev.sluice.udf.runtime;

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
     */
    public TableRows open(long arguments) throws Throwable {
        return enter(() -> new TableRows(this, kernel, (Object) kernel.open().invokeExact(arguments)));
    }
}
