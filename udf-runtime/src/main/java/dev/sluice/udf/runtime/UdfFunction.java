package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A function that is compiled, checked and loaded. It ends with the last reference to it: its classes are collected
 * then. Thread-safe.
 */
public final class UdfFunction {
    private final String digest;
    private final UdfSource source;
    private final Handler handler;
    private final CodeLoader loader;
    private final CallWatch watch;
    private final Runnable forget;
    private final Map<VectorAccess, Kernel> kernels = new ConcurrentHashMap<>();

    UdfFunction(String digest, UdfSource source, Handler handler, CodeLoader loader, CallWatch watch, Runnable forget) {
        this.digest = digest;
        this.source = source;
        this.handler = handler;
        this.loader = loader;
        this.watch = watch;
        this.forget = forget;
    }

    /** SHA-256 over all of the source, in hexadecimal digits. */
    public String digest() {
        return digest;
    }

    public UdfSource source() {
        return source;
    }

    /** Starts to work for one statement, on {@code access}'s vectors. */
    public FunctionRun run(VectorAccess access) {
        return switch (kernels.computeIfAbsent(access, this::kernel)) {
            case Kernel.Scalar scalar -> new ScalarRun(this, scalar, this::cancelRuns);
            case Kernel.Aggregate aggregate -> new AggregateRun(this, aggregate, this::cancelRuns);
            case Kernel.Table table -> new TableRun(this, table, this::cancelRuns);
        };
    }

    /**
     * Starts to work for one statement, elsewhere.
     *
     * @param loop {@code (long chunk, long result) → void}
     * @param end makes the calls under way end
     */
    public ScalarRun run(MethodHandle loop, Runnable end) {
        return new ScalarRun(this, new Kernel.Scalar(loop), end);
    }

    private Kernel kernel(VectorAccess access) {
        return switch (handler) {
            case ScalarMethod method -> KernelCompiler.scalar(this, method, access);
            case AggregateClass type -> KernelCompiler.aggregate(this, type, access);
            case TableMethod table -> KernelCompiler.table(this, table, access);
        };
    }

    Handler handler() {
        return handler;
    }

    CodeLoader loader() {
        return loader;
    }

    CallWatch watch() {
        return watch;
    }

    private void cancelRuns() {
        forget.run();
        loader.armCheckpoints();
    }
}
