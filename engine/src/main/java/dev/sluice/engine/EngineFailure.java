package dev.sluice.engine;

import dev.sluice.core.Failure;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A failure inside the engine, with its place in the SQL that the engine was given. */
public final class EngineFailure extends RuntimeException {
    private final transient Failure failure;
    private final transient OptionalInt offset;

    EngineFailure(Failure failure, OptionalInt offset, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.offset = offset;
    }

    /** The same failure, in a text that begins {@code prefix} characters later. */
    EngineFailure shifted(int prefix) {
        if (prefix == 0) {
            return this;
        }
        var at = offset.isPresent() ? offset.getAsInt() - prefix : -1;
        return new EngineFailure(failure, at < 0 ? OptionalInt.empty() : OptionalInt.of(at), this);
    }

    /** The same failure, whose place is not in the client's text. */
    EngineFailure unplaced() {
        return new EngineFailure(failure, OptionalInt.empty(), this);
    }

    /** The same failure, in other words where DuckDB speaks of names in the statement. */
    EngineFailure worded(UnaryOperator<String> words) {
        var worded = words.apply(failure.message());
        return worded.equals(failure.message())
                ? this
                : switch (failure) {
                    case Failure.Invalid(var code, _, var position) ->
                        new EngineFailure(new Failure.Invalid(code, worded, position), offset, this);
                    case Failure.NotFound(var code, _, var position) ->
                        new EngineFailure(new Failure.NotFound(code, worded, position), offset, this);
                    case Failure.Internal _ -> new EngineFailure(new Failure.Internal(worded), offset, this);
                    case Failure.Exists _,
                            Failure.Forbidden _,
                            Failure.Conflict _,
                            Failure.OutcomeUnknown _,
                            Failure.FunctionFailed _,
                            Failure.Exhausted _,
                            Failure.Cancelled _ -> this;
                };
    }

    public Failure failure() {
        return failure;
    }

    /** Characters into {@link EngineQuery#sql()}, from 0. */
    public OptionalInt offset() {
        return offset;
    }
}
