package dev.sluice.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FunctionKind;
import dev.sluice.udf.runtime.FunctionRun;
import dev.sluice.udf.runtime.UdfFunction;
import dev.sluice.udf.runtime.UdfSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where functions run: in this process, or in workers, which are there from the first function that wants one. */
final class Workers implements AutoCloseable {
    private final WorkerConfig config;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable WorkerPool pool;

    Workers(WorkerConfig config) {
        this.config = config;
    }

    /** A function at work for one statement. */
    FunctionRun begin(UdfFunction function) {
        return switch (function.source().limits().tier().orElse(config.tier())) {
            case SHARED -> function.run(DuckDbApi.INSTANCE);
            case PROCESS -> {
                refusal(function.source()).ifPresent(reason -> {
                    throw Failure.unsupported("Function '" + function.source().name() + "' " + reason
                                    + " run with ISOLATION SHARED only")
                            .exception();
                });
                yield new WorkerCalls(pool(), function).run();
            }
        };
    }

    /** Why a function cannot run in a worker. */
    private static Optional<String> refusal(UdfSource source) {
        if (source.kind() != FunctionKind.SCALAR) {
            return Optional.of("is of many rows, and those");
        }
        if (!source.libraries().isEmpty()) {
            return Optional.of("uses packages, and such functions");
        }
        return hasParts(source) ? Optional.of("takes or gives lists, maps or structs, and those") : Optional.empty();
    }

    private static boolean hasParts(UdfSource source) {
        return Stream.concat(source.parameters().stream(), Stream.of(source.result()))
                .anyMatch(field -> !field.getChildren().isEmpty());
    }

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    private WorkerPool pool() {
        lock.lock();
        try {
            if (pool == null) {
                pool = new WorkerPool(config);
            }
            return pool;
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.Internal("Functions cannot run in processes of their own here: " + e.getMessage()), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (pool != null) {
                pool.close();
                pool = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
