package dev.sluice.engine;

import dev.sluice.udf.runtime.FunctionFailure;
import dev.sluice.udf.runtime.ScalarRun;
import dev.sluice.udf.runtime.UdfFunction;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A function at work for one statement, in worker processes: one for each of the engine's threads that call it. */
final class WorkerCalls {
    private final WorkerPool pool;
    private final UdfFunction function;
    private final VectorImage arguments;
    private final VectorImage results;
    private final Set<Worker> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    WorkerCalls(WorkerPool pool, UdfFunction function) {
        this.pool = pool;
        this.function = function;
        this.arguments = new VectorImage(function.source().parameters());
        this.results = new VectorImage(List.of(function.source().result()));
    }

    ScalarRun run() {
        try {
            return function.run(
                    MethodHandles.lookup()
                            .bind(this, "call", MethodType.methodType(void.class, long.class, long.class)),
                    this::end);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The method is ours", e);
        }
    }

    void call(long chunk, long result) throws FunctionFailure, InterruptedException {
        try {
            var worker = pool.lease(function);
            busy.add(worker);
            var usable = false;
            try {
                requireRunning();
                worker.call(arguments, results, chunk, result);
                usable = true;
            } catch (FunctionFailure e) {
                usable = worker.isUsable();
                throw e;
            } catch (IOException e) {
                throw new FunctionFailure("The function's process has ended: " + worker.ending());
            } finally {
                busy.remove(worker);
                if (usable) {
                    pool.giveBack(function, worker);
                } else {
                    pool.end(worker);
                }
            }
        } catch (IOException e) {
            throw new FunctionFailure("No process could be started for the function: " + e.getMessage());
        }
    }

    private void requireRunning() throws IOException {
        if (ended) {
            throw new IOException("The statement has ended");
        }
    }

    /** Ends the processes that are at work for the statement. */
    private void end() {
        ended = true;
        busy.forEach(Worker::kill);
    }
}
