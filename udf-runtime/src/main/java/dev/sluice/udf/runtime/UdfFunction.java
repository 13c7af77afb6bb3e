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
    private final UserMethod handler;
    private final CodeLoader loader;
    private final Runnable forget;
    private final Map<VectorAccess, Kernel> kernels = new ConcurrentHashMap<>();

    UdfFunction(String digest, UdfSource source, UserMethod handler, CodeLoader loader, Runnable forget) {
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

    /** The loop over a batch of {@code access}'s vectors. */
    public Kernel kernel(VectorAccess access) {
        return kernels.computeIfAbsent(access, a -> KernelCompiler.compile(this, a));
    }

    /** Starts to work for one statement. */
    public FunctionRun run(VectorAccess access) {
        return new FunctionRun(this, kernel(access));
    }

    UserMethod handler() {
        return handler;
    }

    CodeLoader loader() {
        return loader;
    }

    void cancelRuns() {
        forget.run();
        Checkpoint.arm(loader.checkpoint());
    }
}
