package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Queries whose rows are for a function of the same statement, each under a number. They run on connections of their
 * own, and take no place among the running statements, as the statement that waits for them holds one. Thread-safe.
 */
final class InputTables {
    private final Starter starter;
    private final Numbered<Input> inputs = new Numbered<>();

    InputTables(Starter starter) {
        this.starter = starter;
    }

    /** Starts a query. */
    interface Starter {
        @MustBeClosed
        Execution start(EngineQuery query, Cancellation cancellation);
    }

    static InputTables over(Database database, BufferAllocator allocator, int batchRows) {
        return new InputTables((query, cancellation) ->
                Execution.start(database, query, allocator, batchRows, cancellation, () -> {}));
    }

    private record Input(EngineQuery query, Cancellation cancellation) {}

    /** The number of a query, until it is closed. */
    @MustBeClosed
    BoundInput add(EngineQuery query, Cancellation cancellation) {
        var number = inputs.add(new Input(query, cancellation));
        return new BoundInput(number, () -> inputs.remove(number));
    }

    /** The rows of a query, from their beginning. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the table closes what it starts
    InputTable open(long number) {
        var input = inputs.get(number);
        return new InputTable(() -> starter.start(input.query(), input.cancellation()));
    }
}
