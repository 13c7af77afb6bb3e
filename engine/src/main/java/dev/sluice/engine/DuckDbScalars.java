package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.engine.DuckDbApi.Signature;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.duckdb.DuckDBBindings;
import org.duckdb.DuckDBConnection;

/**
 * Functions of single rows in DuckDB's C API. Registration goes through the JDBC driver's own binding, which knows
 * where a connection lies; were that gone from a later driver, this class would fail to initialise and say so.
 */
@SuppressWarnings("restricted")
final class DuckDbScalars {
    private static final MethodHandle EXTRA_INFO = DuckDbApi.link(
            "duckdb_scalar_function_get_extra_info", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), DuckDbApi.BRIEF);
    private static final MethodHandle SET_ERROR =
            DuckDbApi.link("duckdb_scalar_function_set_error", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle CREATE_FUNCTION =
            DuckDbApi.link("duckdb_create_scalar_function", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle DESTROY_FUNCTION =
            DuckDbApi.link("duckdb_destroy_scalar_function", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle SET_NAME =
            DuckDbApi.link("duckdb_scalar_function_set_name", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle ADD_PARAMETER =
            DuckDbApi.link("duckdb_scalar_function_add_parameter", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SET_RESULT =
            DuckDbApi.link("duckdb_scalar_function_set_return_type", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SET_FUNCTION =
            DuckDbApi.link("duckdb_scalar_function_set_function", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_CALLED_ON_NULL =
            DuckDbApi.link("duckdb_scalar_function_set_special_handling", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle SET_VOLATILE =
            DuckDbApi.link("duckdb_scalar_function_set_volatile", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle SET_EXTRA_INFO = DuckDbApi.link(
            "duckdb_scalar_function_set_extra_info", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle REGISTER = driverBinding();

    private DuckDbScalars() {}

    /** Makes a function known to all of the connection's database, called on null as well. */
    static void register(
            DuckDBConnection connection, String name, Signature signature, MemorySegment stub, long extra) {
        try (var arena = Arena.ofConfined()) {
            var function = (long) CREATE_FUNCTION.invokeExact();
            try {
                SET_NAME.invokeExact(function, arena.allocateFrom(name));
                for (var parameter : signature.parameters()) {
                    LogicalTypes.set(ADD_PARAMETER, function, parameter, arena);
                }
                LogicalTypes.set(SET_RESULT, function, signature.result(), arena);
                SET_FUNCTION.invokeExact(function, stub);
                SET_CALLED_ON_NULL.invokeExact(function);
                SET_EXTRA_INFO.invokeExact(function, extra, MemorySegment.NULL);
                if (!signature.deterministic()) {
                    SET_VOLATILE.invokeExact(function);
                }
                var handle = MemorySegment.ofAddress(function).reinterpret(1).asByteBuffer();
                if ((int) REGISTER.invokeExact(connection, handle) != 0) {
                    throw new IllegalStateException("DuckDB refused the function " + name + signature);
                }
            } finally {
                DESTROY_FUNCTION.invokeExact(DuckDbApi.pointerTo(function, arena));
            }
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    static long extraInfo(long info) {
        try {
            return (long) EXTRA_INFO.invokeExact(info);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    /** Fails the batch with a text that ends in a zero byte. */
    static void setError(long info, MemorySegment message) {
        try {
            SET_ERROR.invokeExact(info, message);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    /** {@code (DuckDBConnection, ByteBuffer function) → int}, 0 for success. */
    private static MethodHandle driverBinding() {
        try {
            var connection = MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup())
                    .findGetter(DuckDBConnection.class, "connRef", ByteBuffer.class);
            var register = MethodHandles.privateLookupIn(DuckDBBindings.class, MethodHandles.lookup())
                    .findStatic(
                            DuckDBBindings.class,
                            "duckdb_register_scalar_function",
                            MethodType.methodType(int.class, ByteBuffer.class, ByteBuffer.class));
            return MethodHandles.filterArguments(register, 0, connection);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("DuckDB's driver has changed; this server needs the one that it was built with", e);
        }
    }
}
