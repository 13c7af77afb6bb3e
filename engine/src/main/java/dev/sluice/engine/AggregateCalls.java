package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udf.runtime.AggregateRun;
import java.util.function.LongFunction;

/**
 * What DuckDB calls for functions of many rows, on its threads, for several batches at once. Thread-safe.
 *
 * <p>A state is three words: the number of the group's object or 0, the slot, and the slot's lease. DuckDB may move
 * states and let them go after the statement has ended; they stand for nothing then.
 */
final class AggregateCalls implements DuckDbAggregates.Callbacks {
    private static final long SLOT = 8;
    private static final long LEASE = 16;
    private static final long SIZE = 24;

    private final LongFunction<FunctionSlot> slots;

    AggregateCalls(LongFunction<FunctionSlot> slots) {
        this.slots = slots;
    }

    @Override
    public long size(long info) {
        return SIZE;
    }

    @Override
    public void init(long info, long state) {
        DuckDbApi.MEMORY.set(JAVA_LONG, state, 0);
        guard(info, slot -> {
            DuckDbApi.MEMORY.set(JAVA_LONG, state + SLOT, slot.number());
            DuckDbApi.MEMORY.set(JAVA_LONG, state + LEASE, slot.lease().number());
        });
    }

    @Override
    public void update(long info, long chunk, long states) {
        guard(info, slot -> run(slot).add(chunk, states));
    }

    @Override
    public void combine(long info, long sources, long targets, long count) {
        guard(info, slot -> run(slot).merge(sources, targets, count));
    }

    @Override
    public void finish(long info, long states, long result, long count, long offset) {
        guard(info, slot -> run(slot).finish(states - offset * JAVA_LONG.byteSize(), result, offset, offset + count));
    }

    @Override
    public void destroy(long states, long count) {
        for (var i = 0L; i < count; i++) {
            destroy(DuckDbApi.MEMORY.get(JAVA_LONG, states + i * JAVA_LONG.byteSize()));
        }
    }

    private void destroy(long state) {
        var group = DuckDbApi.MEMORY.get(JAVA_LONG, state);
        if (group == 0) {
            return;
        }
        FunctionErrors.guard(
                () -> slots.apply(DuckDbApi.MEMORY.get(JAVA_LONG, state + SLOT)),
                slot -> {
                    var lease = slot.lease();
                    if (lease.number() == DuckDbApi.MEMORY.get(JAVA_LONG, state + LEASE)) {
                        ((AggregateRun) lease.run()).forget(group);
                    }
                },
                _ -> {}); // the statement has ended, and its groups with it
    }

    private void guard(long info, FunctionErrors.Call call) {
        FunctionErrors.guard(
                () -> slots.apply(DuckDbAggregates.extraInfo(info)),
                call,
                message -> DuckDbAggregates.setError(info, message));
    }

    private static AggregateRun run(FunctionSlot slot) {
        return (AggregateRun) slot.lease().run();
    }
}
