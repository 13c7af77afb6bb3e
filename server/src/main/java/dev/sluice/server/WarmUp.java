package dev.sluice.server;

import dev.sluice.planner.Planner;
import dev.sluice.udf.runtime.UdfRuntime;

/** Loads what the first statement would wait for, on a thread of its own. */
final class WarmUp implements AutoCloseable {
    private final Thread thread;

    private WarmUp(Thread thread) {
        this.thread = thread;
    }

    static WarmUp start(Planner planner, UdfRuntime udfs) {
        return new WarmUp(Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            planner.warmUp();
            udfs.warmUp();
        }));
    }

    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
