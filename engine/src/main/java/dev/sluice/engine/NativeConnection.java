package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the driver's as DuckDB's C API knows it. The driver holds a pair of shared database and connection,
 * and shows neither: the connection's address is read from where it lies there, and used only if DuckDB tells the same
 * number of it as SQL does.
 *
 * @param address for the C API, as long as the driver's connection is open
 */
record NativeConnection(long address) {
    /** After a {@code std::shared_ptr}. */
    private static final long OFFSET = 16;

    private static final MethodHandle GET_CONTEXT =
            DuckDbApi.link("duckdb_connection_get_client_context", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle DESTROY_CONTEXT =
            DuckDbApi.link("duckdb_destroy_client_context", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle CONNECTION_ID =
            DuckDbApi.link("duckdb_client_context_get_connection_id", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HOLDER = holder();

    static NativeConnection of(DuckDBConnection connection) throws SQLException {
        var found = new NativeConnection(DuckDbApi.MEMORY.get(JAVA_LONG, holder(connection) + OFFSET));
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT current_connection_id()")) {
            if (!rows.next() || rows.getLong(1) != found.id()) {
                throw changed(null);
            }
        }
        return found;
    }

    private static long holder(DuckDBConnection connection) {
        try {
            var buffer = (ByteBuffer) HOLDER.invokeExact(connection);
            return MemorySegment.ofBuffer(buffer).address();
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    private long id() {
        try (var arena = Arena.ofConfined()) {
            var context = arena.allocate(JAVA_LONG);
            GET_CONTEXT.invokeExact(address, context);
            try {
                return (long) CONNECTION_ID.invokeExact(context.get(JAVA_LONG, 0));
            } finally {
                DESTROY_CONTEXT.invokeExact(context);
            }
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    private static MethodHandle holder() {
        try {
            return MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup())
                    .findGetter(DuckDBConnection.class, "connRef", ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw changed(e);
        }
    }

    private static LinkageError changed(@Nullable Throwable cause) {
        return new LinkageError("DuckDB's driver has changed; this server needs the one that it was built with", cause);
    }
}
