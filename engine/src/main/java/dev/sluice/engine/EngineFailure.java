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
        return worded.equals(failure.message()) ? this : new EngineFailure(saying(worded), offset, this);
    }

    private Failure saying(String message) {
        return switch (failure) {
            case Failure.Invalid invalid -> new Failure.Invalid(invalid.code(), message, invalid.position());
            case Failure.NotFound missing -> new Failure.NotFound(missing.code(), message, missing.position());
            case Failure.Internal _ -> new Failure.Internal(message);
            case Failure.Exists other -> other;
            case Failure.Forbidden other -> other;
            case Failure.Conflict other -> other;
            case Failure.OutcomeUnknown other -> other;
            case Failure.FunctionFailed other -> other;
            case Failure.Exhausted other -> other;
            case Failure.Unavailable other -> other;
            case Failure.Cancelled other -> other;
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
