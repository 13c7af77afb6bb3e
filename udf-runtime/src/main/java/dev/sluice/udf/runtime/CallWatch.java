package dev.sluice.udf.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops functions that work for longer, or allocate more memory, than they may, and whichever allocated most when
 * memory runs out. It looks at the calls under way a few times in a second, and costs them nothing in between.
 * Thread-safe.
 */
final class CallWatch implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMillis(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int FULL_PERCENT = 80;
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .toList();

    private final long allocationBytes;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean going = new AtomicBoolean();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("function watch").daemon().factory());

    /**
     * @param allocationBytes what a thread may allocate for one batch of rows, garbage included; the greatest number
     *     where memory is not looked after
     */
    CallWatch(long allocationBytes) {
        this.allocationBytes = allocationBytes;
    }

    /** One batch of one run, on its thread. */
    static final class Call {
        private final FunctionRun run;
        private final Thread thread = Thread.currentThread();
        private final long began = System.nanoTime();
        private final long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();

        private Call(FunctionRun run) {
            this.run = run;
        }

        private long allocated() {
            return THREADS.getThreadAllocatedBytes(thread.threadId()) - allocatedBefore;
        }

        private long nanos() {
            return System.nanoTime() - began;
        }
    }

    Call begin(FunctionRun run) {
        var call = new Call(run);
        calls.add(call);
        if (going.compareAndSet(false, true)) {
            next();
        }
        return call;
    }

    void end(Call call) {
        calls.remove(call);
        call.run.spend(call.nanos());
    }

    private void next() {
        var _ = rounds.schedule(this::round, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        Map<FunctionRun, Long> underWay = new HashMap<>();
        for (var call : calls) {
            underWay.merge(call.run, call.nanos(), Long::sum);
            if (call.allocated() > allocationBytes) {
                call.run.stop("It allocated more than " + (allocationBytes >> 20)
                        + " MB for one batch of rows, and was stopped");
            }
        }
        underWay.forEach(FunctionRun::stopAfter);
        if (allocationBytes < Long.MAX_VALUE && isHeapFull()) {
            calls.stream()
                    .max(Comparator.comparingLong(Call::allocated))
                    .ifPresent(call ->
                            call.run.stop("The server's Java memory is nearly full, and it took the most of it"));
        }
        going.set(false);
        if (!calls.isEmpty() && going.compareAndSet(false, true)) {
            next();
        }
    }

    /** What functions keep in statics outlives their batches; it goes with the function that is stopped. */
    private static boolean isHeapFull() {
        var live = HEAP.stream()
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
        return live > Runtime.getRuntime().maxMemory() / 100 * FULL_PERCENT;
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
