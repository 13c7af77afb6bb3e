package dev.sluice.udf.runtime;

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
    private final Runnable forget;
    private final Map<VectorAccess, Kernel> kernels = new ConcurrentHashMap<>();

    UdfFunction(String digest, UdfSource source, Handler handler, CodeLoader loader, Runnable forget) {
        this.digest = digest;
        this.source = source;
        this.handler = handler;
        this.loader = loader;
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
            case Kernel.Scalar scalar -> new ScalarRun(this, scalar);
            case Kernel.Aggregate aggregate -> new AggregateRun(this, aggregate);
            case Kernel.Table table -> new TableRun(this, table);
        };
    }

    private Kernel kernel(VectorAccess access) {
        return switch (handler) {
            case UserMethod method -> KernelCompiler.scalar(this, method, access);
            case AggregateClass type -> KernelCompiler.aggregate(this, type, access);
            case TableMethod table -> KernelCompiler.table(this, table, access);
        };
    }

    CodeLoader loader() {
        return loader;
    }

    void cancelRuns() {
        forget.run();
        Checkpoint.arm(loader.checkpoint());
    }
}
