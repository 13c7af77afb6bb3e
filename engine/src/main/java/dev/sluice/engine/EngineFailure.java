package dev.sluice.engine;

import dev.sluice.core.Failure;
import java.util.OptionalInt;

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

    public Failure failure() {
        return failure;
    }

    /** Characters into {@link EngineQuery#sql()}, from 0. */
    public OptionalInt offset() {
        return offset;
    }
}
