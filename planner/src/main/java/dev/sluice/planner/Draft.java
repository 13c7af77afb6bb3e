package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import dev.sluice.planner.SqlTemplate.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text to be parsed that was put together from pieces of a statement, and the way back to the statement's places. */
record Draft(String source, String text, List<Part> parts) {

    /** A statement as it stands. */
    static Draft of(String source) {
        return new Draft(source, source, List.of(new Verbatim(0, source)));
    }

    static Builder from(String source) {
        return new Builder(source);
    }

    /** Where in the statement the character at {@code offset} of the text came from. */
    int origin(int offset) {
        var at = 0;
        var origin = source.length();
        for (var part : parts) {
            var length = length(part);
            if (offset < at + length) {
                return part instanceof Verbatim verbatim ? verbatim.start() + offset - at : start(part);
            }
            origin = part instanceof Verbatim verbatim ? verbatim.start() + length : origin;
            at += length;
        }
        return origin;
    }

    /** Whether the client wrote the character at {@code offset} of the text, or its end. */
    boolean isVerbatim(int offset) {
        var at = 0;
        for (var part : parts) {
            at += length(part);
            if (offset < at) {
                return part instanceof Verbatim;
            }
        }
        return true;
    }

    /** The statement's parameters in the order in which they stand in the text, each by its index in the statement. */
    List<Integer> parameters() {
        var places = Tokenizer.read(of(source)).tokens().stream()
                .filter(token -> token.kind() == Token.Kind.PARAMETER)
                .map(Token::start)
                .toList();
        var result = new ArrayList<Integer>();
        for (var part : parts) {
            for (var i = 0; i < places.size(); i++) {
                var offset = places.get(i) - start(part);
                if (part instanceof Verbatim && offset >= 0 && offset < length(part)) {
                    result.add(i);
                }
            }
        }
        return List.copyOf(result);
    }

    Position position(int offset) {
        return Position.of(source, origin(offset));
    }

    FailureException syntax(String message, int offset) {
        return Failure.syntax(message, position(offset)).exception();
    }

    FailureException failure(Code code, String message, int offset) {
        return new Failure.Invalid(code, message, Optional.of(position(offset))).exception();
    }

    FailureException forbidden(String message, int offset) {
        return new Failure.Forbidden(message, Optional.of(position(offset))).exception();
    }

    FailureException notFound(Code code, String message, int offset) {
        return new Failure.NotFound(code, message, Optional.of(position(offset))).exception();
    }

    /** The parts between two offsets, with their characters taken from {@code sql}, which is as long as the text. */
    List<Part> slice(String sql, int from, int to) {
        var result = new ArrayList<Part>();
        var at = 0;
        for (var part : parts) {
            var begin = Math.max(from, at);
            var end = Math.min(to, at + length(part));
            if (begin < end) {
                var piece = sql.substring(begin, end);
                result.add(
                        part instanceof Verbatim verbatim
                                ? new Verbatim(verbatim.start() + begin - at, piece)
                                : new Inserted(start(part), piece));
            }
            at += length(part);
        }
        return result;
    }

    private static int length(Part part) {
        return switch (part) {
            case Verbatim verbatim -> verbatim.text().length();
            case Inserted inserted -> inserted.text().length();
            case SqlTemplate.Expanded expanded -> expanded.text().length();
            case SqlTemplate.CountHole hole -> hole.text().length();
            case SqlTemplate.ScanHole _, SqlTemplate.FunctionHole _, SqlTemplate.InputHole _ -> 0;
        };
    }

    private static int start(Part part) {
        return switch (part) {
            case Verbatim verbatim -> verbatim.start();
            case Inserted inserted -> inserted.start();
            case SqlTemplate.Expanded expanded -> expanded.start();
            case SqlTemplate.ScanHole hole -> hole.start();
            case SqlTemplate.FunctionHole hole -> hole.start();
            case SqlTemplate.CountHole hole -> hole.start();
            case SqlTemplate.InputHole hole -> hole.start();
        };
    }

    /** Puts a draft together. Confined to one thread. */
    static final class Builder {
        private final String source;
        private final StringBuilder text = new StringBuilder();
        private final List<Part> parts = new ArrayList<>();

        private Builder(String source) {
            this.source = source;
        }

        /** The statement's own characters. */
        Builder verbatim(int from, int to) {
            var piece = source.substring(from, to);
            text.append(piece);
            parts.add(new Verbatim(from, piece));
            return this;
        }

        /** Text of ours, on account of what the statement says at {@code origin}. */
        Builder insert(int origin, String inserted) {
            text.append(inserted);
            parts.add(new Inserted(origin, inserted));
            return this;
        }

        int length() {
            return text.length();
        }

        Draft build() {
            return new Draft(source, text.toString(), List.copyOf(parts));
        }
    }
}
