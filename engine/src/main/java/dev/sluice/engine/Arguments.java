package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The arguments of a call in FROM as the only row of a chunk, so that they are read as any function's. Owns the chunk.
 *
 * @param chunk its address
 */
record Arguments(long chunk) implements AutoCloseable {
    private static final MethodHandle CREATE =
            DuckDbApi.link("duckdb_create_data_chunk", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle DESTROY =
            DuckDbApi.link("duckdb_destroy_data_chunk", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle REFERENCE_VALUE =
            DuckDbApi.link("duckdb_vector_reference_value", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle DESTROY_VALUE =
            DuckDbApi.link("duckdb_destroy_value", FunctionDescriptor.ofVoid(ADDRESS));

    /** @param values gives each argument as a value of DuckDB's, and hands it over */
    static Arguments of(List<Field> types, IntToLongFunction values) {
        try (var arena = Arena.ofConfined()) {
            var handles = arena.allocate(JAVA_LONG, Math.max(1, types.size()));
            for (var i = 0; i < types.size(); i++) {
                handles.setAtIndex(JAVA_LONG, i, LogicalTypes.create(types.get(i), arena));
            }
            var arguments = new Arguments((long) CREATE.invokeExact(handles, (long) types.size()));
            for (var i = 0; i < types.size(); i++) {
                LogicalTypes.destroy(handles.getAtIndex(JAVA_LONG, i), arena);
                var value = values.applyAsLong(i);
                REFERENCE_VALUE.invokeExact(DuckDbApi.vector(arguments.chunk(), i), value);
                DESTROY_VALUE.invokeExact(DuckDbApi.pointerTo(value, arena));
            }
            DuckDbApi.setSize(arguments.chunk(), 1);
            return arguments;
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    @Override
    public void close() {
        try (var arena = Arena.ofConfined()) {
            DESTROY.invokeExact(DuckDbApi.pointerTo(chunk, arena));
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }
}
