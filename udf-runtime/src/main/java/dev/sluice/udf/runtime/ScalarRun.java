package dev.sluice.udf.runtime;

import org.jspecify.annotations.Nullable;

/** A function of single rows at work. Thread-safe. */
public final class ScalarRun extends FunctionRun {
    private final Kernel.Scalar kernel;

    ScalarRun(UdfFunction function, Kernel.Scalar kernel, Runnable end) {
        super(function, end);
        this.kernel = kernel;
    }

    /**
     * Calls the function for each row of {@code chunk}.
     *
     * @throws Throwable whatever the user's code throws, errors included
     */
    public void call(long chunk, long result) throws Throwable {
        this.<@Nullable Void>enter(() -> {
            kernel.loop().invokeExact(chunk, result);
            return null;
        });
    }
}
