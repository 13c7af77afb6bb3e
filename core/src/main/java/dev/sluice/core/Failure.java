package dev.sluice.core;

import java.util.Optional;

/**
 * What went wrong, by what the client can do about it. A message names the thing, its value and the way out, without a
 * full stop.
 */
public sealed interface Failure {
    Code code();

    String message();

    /** Where in the statement, as the client sent it. */
    default Optional<Position> position() {
        return Optional.empty();
    }

    /** The statement is wrong; the same statement fails again. */
    record Invalid(Code code, String message, Optional<Position> position) implements Failure {}

    /** A named thing does not exist at the commit that was read. */
    record NotFound(Code code, String message, Optional<Position> position) implements Failure {}

    /** A thing of that name is there already. */
    record Exists(Code code, String message) implements Failure {}

    /** The client may not do this. */
    record Forbidden(String message, Optional<Position> position) implements Failure {
        @Override
        public Code code() {
            return Code.FORBIDDEN;
        }
    }

    /** Another commit came between; nothing was done, and the same statement may succeed when sent again. */
    record Conflict(String message) implements Failure {
        @Override
        public Code code() {
            return Code.CONFLICT;
        }
    }

    /** The answer to a commit was lost: it may have happened, and its files are kept. */
    record OutcomeUnknown(String message) implements Failure {
        @Override
        public Code code() {
            return Code.OUTCOME_UNKNOWN;
        }
    }

    /** A user's function threw. */
    record FunctionFailed(String function, String message) implements Failure {
        @Override
        public Code code() {
            return Code.FUNCTION_FAILED;
        }
    }

    /** A limit that the operator set was reached; less work or a higher limit helps. */
    record Exhausted(Code code, String message) implements Failure {}

    /** A server that this one needs does not answer; nothing was done, and the same statement may succeed later. */
    record Unavailable(String message) implements Failure {
        @Override
        public Code code() {
            return Code.UNAVAILABLE;
        }
    }

    /** The statement was ended on request: by the client, a deadline, or the server's end. */
    record Cancelled(Code code, String message) implements Failure {}

    /** A bug of ours: please report it. */
    record Internal(String message) implements Failure {
        @Override
        public Code code() {
            return Code.INTERNAL;
        }
    }

    /** A place in a text: line and column, both from 1, the column in UTF-16 units. */
    record Position(int line, int column) {
        public Position {
            if (line < 1 || column < 1) {
                throw new IllegalArgumentException("A position counts from 1, but is " + line + ":" + column);
            }
        }

        /** The place of the character at {@code offset}, from 0, in {@code text}. */
        public static Position of(String text, int offset) {
            var end = Math.clamp(offset, 0, text.length());
            var line = 1
                    + (int) text.substring(0, end)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return new Position(line, end - text.lastIndexOf('\n', end - 1));
        }
    }

    /** The same failure at another place, where it is of a kind that has one. */
    default Failure at(Optional<Position> place) {
        return switch (this) {
            case Invalid invalid -> new Invalid(invalid.code(), invalid.message(), place);
            case NotFound missing -> new NotFound(missing.code(), missing.message(), place);
            case Forbidden forbidden -> new Forbidden(forbidden.message(), place);
            case Exists _, Conflict _, OutcomeUnknown _, FunctionFailed _ -> this;
            case Exhausted _, Unavailable _, Cancelled _, Internal _ -> this;
        };
    }

    /** The same failure with words before its message, where it is of a kind that is about the statement. */
    default Failure prefixed(String words) {
        return switch (this) {
            case Invalid invalid -> new Invalid(invalid.code(), words + invalid.message(), invalid.position());
            case NotFound missing -> new NotFound(missing.code(), words + missing.message(), missing.position());
            case Forbidden forbidden -> new Forbidden(words + forbidden.message(), forbidden.position());
            case Exists _, Conflict _, OutcomeUnknown _, FunctionFailed _ -> this;
            case Exhausted _, Unavailable _, Cancelled _, Internal _ -> this;
        };
    }

    static Failure syntax(String message, Position position) {
        return new Invalid(Code.SYNTAX_ERROR, message, Optional.of(position));
    }

    static Failure unsupported(String message) {
        return new Invalid(Code.UNSUPPORTED, message, Optional.empty());
    }

    /** This failure as an exception. */
    default FailureException exception() {
        return new FailureException(this);
    }
}
