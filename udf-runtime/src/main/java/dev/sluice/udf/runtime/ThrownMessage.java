package dev.sluice.udf.runtime;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A throwable in words for the author of the function: what, why, and where in the body. */
final class ThrownMessage {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_FRAMES = 8;
    private static final int MAX_CAUSES = 20;

    private ThrownMessage() {}

    @SuppressWarnings("ReferenceEquality") // an exception is only itself
    static String of(Throwable thrown, Predicate<String> isUsers) {
        var cause = unwrapped(thrown);
        var where = Arrays.stream(cause.getStackTrace())
                .filter(frame -> isUsers.test(frame.getClassName()))
                .limit(MAX_FRAMES)
                .map(frame -> "\n  at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .collect(Collectors.joining());
        var root = root(cause);
        return named(cause) + (root == cause ? "" : ", caused by " + named(root)) + where;
    }

    private static String named(Throwable thrown) {
        var what = message(thrown);
        return thrown.getClass().getSimpleName() + (what == null ? "" : ": " + bounded(what));
    }

    /** Where it began; {@code getCause} may be the user's own code. */
    private static Throwable root(Throwable thrown) {
        var root = thrown;
        try {
            for (var i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
                root = root.getCause();
            }
        } catch (Throwable t) {
            return thrown;
        }
        return root;
    }

    /** A static initialiser's exception says more than that it came from one, or that it came before. */
    private static Throwable unwrapped(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof ExceptionInInitializerError || cause instanceof NoClassDefFoundError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
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
