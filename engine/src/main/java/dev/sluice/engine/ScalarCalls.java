package dev.sluice.engine;

import dev.sluice.udf.runtime.ScalarRun;
import java.util.function.LongFunction;

/** What DuckDB calls for functions of single rows, on its threads, for several batches at once. Thread-safe. */
final class ScalarCalls implements DuckDbApi.Callback {
    private final LongFunction<FunctionSlot> slots;

    ScalarCalls(LongFunction<FunctionSlot> slots) {
        this.slots = slots;
    }

    @Override
    public void call(long info, long chunk, long result) {
        FunctionErrors.guard(
                () -> slots.apply(DuckDbScalars.extraInfo(info)),
                slot -> ((ScalarRun) slot.lease().run()).call(chunk, result),
                message -> DuckDbScalars.setError(info, message));
    }
}
