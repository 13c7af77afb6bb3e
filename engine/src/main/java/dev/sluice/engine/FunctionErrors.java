package dev.sluice.engine;

import dev.sluice.core.Failure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way of an error of a user's function through DuckDB, which keeps its text alone. */
final class FunctionErrors {
    /** Begins a user's error in DuckDB's message; then come the length of the function's name, the name, the error. */
    private static final String MARKER = "sluice-function:";

    private static final MemorySegment NO_MESSAGE = Arena.global().allocateFrom(marked("", "out of memory"));

    private FunctionErrors() {}

    /** What may throw anything. */
    interface Call {
        void on(FunctionSlot slot) throws Throwable;
    }

    /** Makes a call for DuckDB. What it throws goes to {@code fail} as a text; nothing is thrown. */
    static void guard(Supplier<FunctionSlot> slot, Call call, Consumer<MemorySegment> fail) {
        try {
            call.on(slot.get());
        } catch (Throwable thrown) {
            try (var arena = Arena.ofConfined()) {
                fail.accept(arena.allocateFrom(slot.get().marked(thrown)));
            } catch (Throwable t) {
                fail.accept(NO_MESSAGE);
            }
        }
    }

    static String marked(String function, String message) {
        return MARKER + function.length() + ":" + function + ":" + message.replace('\0', ' ');
    }

    /** The user's error in a message of DuckDB's, if that is what it is. */
    static Optional<Failure.FunctionFailed> failureIn(String message) {
        var start = message.indexOf(MARKER) + MARKER.length();
        var colon = message.indexOf(':', start);
        if (start < MARKER.length() || colon < 0) {
            return Optional.empty();
        }
        try {
            var nameEnd = colon + 1 + Integer.parseInt(message, start, colon, 10);
            return Optional.of(
                    new Failure.FunctionFailed(message.substring(colon + 1, nameEnd), message.substring(nameEnd + 1)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
