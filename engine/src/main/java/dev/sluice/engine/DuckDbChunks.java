package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Batches of our own, which DuckDB lays out and no database has made. */
final class DuckDbChunks {
    private static final MethodHandle CREATE =
            DuckDbApi.link("duckdb_create_data_chunk", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle RESET =
            DuckDbApi.link("duckdb_data_chunk_reset", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle SET_SIZE =
            DuckDbApi.link("duckdb_data_chunk_set_size", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));

    private DuckDbChunks() {}

    /** A batch for as long as the process lives. */
    static long create(List<Field> types) {
        try (var arena = Arena.ofConfined()) {
            var pointers = arena.allocate(JAVA_LONG, Math.max(1, types.size()));
            for (var i = 0; i < types.size(); i++) {
                pointers.setAtIndex(JAVA_LONG, i, LogicalTypes.create(types.get(i), arena));
            }
            return (long) CREATE.invokeExact(pointers, (long) types.size());
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    /** Makes all rows valid again, and lets go of their strings. */
    static void reset(long chunk, long rows) {
        try {
            RESET.invokeExact(chunk);
            SET_SIZE.invokeExact(chunk, rows);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }
}
