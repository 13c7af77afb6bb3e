package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * Interrupts what a connection is at. The driver's own {@code Statement.cancel} does nothing while a streamed result is
 * fetched, which is where a query spends its life; the interrupt behind it works then as well, and is not public.
 */
final class Interrupts {
    private static final MethodHandle INTERRUPT;
    private static final MethodHandle LOCK;

    static {
        try {
            var driver = MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
            INTERRUPT = driver.findVirtual(DuckDBConnection.class, "interrupt", MethodType.methodType(void.class));
            LOCK = driver.findGetter(DuckDBConnection.class, "connRefLock", ReentrantLock.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("DuckDB's driver has changed; this server needs the one that it was built with", e);
        }
    }

    private Interrupts() {}

    /** Interrupts the connection when the statement is cancelled, until the result is closed. */
    @MustBeClosed
    static Cancellation.Watch watch(Cancellation cancellation, DuckDBConnection connection) {
        return cancellation.onCancel(() -> interrupt(connection));
    }

    /** Ends what the connection is at, if anything, within one step of its operators; never blocks for long. */
    static void interrupt(DuckDBConnection connection) {
        try {
            var lock = (ReentrantLock) LOCK.invokeExact(connection);
            lock.lock();
            try {
                if (!connection.isClosed()) {
                    INTERRUPT.invokeExact(connection);
                }
            } finally {
                lock.unlock();
            }
        } catch (Throwable t) {
            throw new IllegalStateException("DuckDB could not be interrupted", t);
        }
    }
}
