package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.engine.DuckDbApi.Signature;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The part of DuckDB's C API that is about functions of many rows, which its driver does not know. */
final class DuckDbAggregates {
    private static final MethodHandle CREATE =
            DuckDbApi.link("duckdb_create_aggregate_function", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle DESTROY =
            DuckDbApi.link("duckdb_destroy_aggregate_function", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle SET_NAME =
            DuckDbApi.link("duckdb_aggregate_function_set_name", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle ADD_PARAMETER =
            DuckDbApi.link("duckdb_aggregate_function_add_parameter", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SET_RESULT = DuckDbApi.link(
            "duckdb_aggregate_function_set_return_type", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SET_FUNCTIONS = DuckDbApi.link(
            "duckdb_aggregate_function_set_functions",
            FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle SET_DESTRUCTOR =
            DuckDbApi.link("duckdb_aggregate_function_set_destructor", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_CALLED_ON_NULL =
            DuckDbApi.link("duckdb_aggregate_function_set_special_handling", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle SET_EXTRA_INFO = DuckDbApi.link(
            "duckdb_aggregate_function_set_extra_info", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle REGISTER =
            DuckDbApi.link("duckdb_register_aggregate_function", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EXTRA_INFO = DuckDbApi.link(
            "duckdb_aggregate_function_get_extra_info", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), DuckDbApi.BRIEF);
    private static final MethodHandle SET_ERROR =
            DuckDbApi.link("duckdb_aggregate_function_set_error", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));

    private DuckDbAggregates() {}

    /**
     * What DuckDB calls, on its own threads, with arrays of pointers to states. Nothing may be thrown out of these:
     * that ends the JVM.
     */
    interface Callbacks {
        /** How many bytes a state has. */
        long size(long info);

        /** Makes a new state empty. */
        void init(long info, long state);

        void update(long info, long chunk, long states);

        void combine(long info, long sources, long targets, long count);

        /** The result of the first state belongs into the row {@code offset}. */
        void finish(long info, long states, long result, long count, long offset);

        /** The states are gone. */
        void destroy(long states, long count);
    }

    /** The callbacks as DuckDB takes them. */
    record Stubs(
            MemorySegment size,
            MemorySegment init,
            MemorySegment update,
            MemorySegment combine,
            MemorySegment finish,
            MemorySegment destroy) {}

    static Stubs stubs(Callbacks callbacks, Arena arena) {
        return new Stubs(
                stub(callbacks, arena, "size", long.class, 1),
                stub(callbacks, arena, "init", void.class, 2),
                stub(callbacks, arena, "update", void.class, 3),
                stub(callbacks, arena, "combine", void.class, 4),
                stub(callbacks, arena, "finish", void.class, 5),
                stub(callbacks, arena, "destroy", void.class, 2));
    }

    private static MemorySegment stub(Callbacks callbacks, Arena arena, String name, Class<?> result, int parameters) {
        var type = MethodType.genericMethodType(parameters);
        for (var i = 0; i < parameters; i++) {
            type = type.changeParameterType(i, long.class);
        }
        try {
            return DuckDbApi.stub(MethodHandles.lookup().bind(callbacks, name, type.changeReturnType(result)), arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The callback is ours", e);
        }
    }

    /** Makes a function known to all of the connection's database, called on null as well. */
    static void register(NativeConnection connection, String name, Signature signature, Stubs stubs, long extra) {
        try (var arena = Arena.ofConfined()) {
            var function = (long) CREATE.invokeExact();
            try {
                SET_NAME.invokeExact(function, arena.allocateFrom(name));
                for (var parameter : signature.parameters()) {
                    LogicalTypes.set(ADD_PARAMETER, function, parameter, arena);
                }
                LogicalTypes.set(SET_RESULT, function, signature.result(), arena);
                SET_FUNCTIONS.invokeExact(
                        function, stubs.size(), stubs.init(), stubs.update(), stubs.combine(), stubs.finish());
                SET_DESTRUCTOR.invokeExact(function, stubs.destroy());
                SET_CALLED_ON_NULL.invokeExact(function);
                SET_EXTRA_INFO.invokeExact(function, extra, MemorySegment.NULL);
                if ((int) REGISTER.invokeExact(connection.address(), function) != 0) {
                    throw new IllegalStateException("DuckDB refused the function " + name + signature);
                }
            } finally {
                DESTROY.invokeExact(DuckDbApi.pointerTo(function, arena));
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

    /** Fails the call with a text that ends in a zero byte. */
    static void setError(long info, MemorySegment message) {
        try {
            SET_ERROR.invokeExact(info, message);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }
}
