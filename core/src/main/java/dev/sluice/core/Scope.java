package dev.sluice.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** Owns resources and closes them in reverse order of {@link #own}. Confined to one thread. */
public final class Scope implements AutoCloseable {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    private Scope() {}

    @MustBeClosed
    public static Scope open() {
        return new Scope();
    }

    /** Runs {@code body}, whose result takes over the scope; if it throws, all that it owned is closed. */
    @MustBeClosed
    public static <T extends AutoCloseable> T handOver(Function<Scope, T> body) {
        var scope = new Scope();
        try {
            return body.apply(scope);
        } catch (Throwable t) {
            scope.closeBecauseOf(t);
            throw t;
        }
    }

    @CanIgnoreReturnValue
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    private void closeBecauseOf(Throwable cause) {
        try {
            close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("Could not close a resource", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
