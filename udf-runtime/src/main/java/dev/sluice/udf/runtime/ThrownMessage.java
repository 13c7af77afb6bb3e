package dev.sluice.udf.runtime;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A throwable in words for the author of the function: what, why, and where in the body. */
final class ThrownMessage {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_FRAMES = 8;

    private ThrownMessage() {}

    static String of(Throwable thrown, Predicate<String> isUsers) {
        var cause = unwrapped(thrown);
        var where = Arrays.stream(cause.getStackTrace())
                .filter(frame -> isUsers.test(frame.getClassName()))
                .limit(MAX_FRAMES)
                .map(frame -> "\n  at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .collect(Collectors.joining());
        var what = message(cause);
        return cause.getClass().getSimpleName() + (what == null ? "" : ": " + bounded(what)) + where;
    }

    /** A static initialiser's exception says more than that it came from one, or that it came before. */
    private static Throwable unwrapped(Throwable thrown) {
        var initialising = thrown instanceof ExceptionInInitializerError || thrown instanceof NoClassDefFoundError;
        return initialising && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** {@code getMessage} may be the user's own code, and fail as well. */
    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable t) {
            return "its message failed with " + t.getClass().getSimpleName();
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
