package dev.sluice.engine;

import static dev.sluice.engine.DuckDbApi.BRIEF;
import static dev.sluice.engine.DuckDbApi.MEMORY;
import static dev.sluice.engine.DuckDbApi.link;
import static dev.sluice.engine.DuckDbApi.unexpected;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udf.runtime.NestedVectors;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * DuckDB's vectors of lists, maps and structs. An entry of a list is the place of its first element, and their number.
 */
final class DuckDbNested implements NestedVectors {
    static final DuckDbNested INSTANCE = new DuckDbNested();

    private static final MethodHandle STRUCT_CHILD =
            link("duckdb_struct_vector_get_child", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle LIST_CHILD =
            link("duckdb_list_vector_get_child", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle LIST_SIZE =
            link("duckdb_list_vector_get_size", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle SET_LIST_SIZE =
            link("duckdb_list_vector_set_size", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle RESERVE =
            link("duckdb_list_vector_reserve", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final int ENTRY_BYTES = 16;

    private DuckDbNested() {}

    @Override
    public long data(long vector) {
        return DuckDbApi.data(vector);
    }

    @Override
    public long validity(long vector) {
        return DuckDbApi.validity(vector);
    }

    @Override
    public long writableValidity(long vector) {
        return DuckDbApi.writableMask(vector);
    }

    @Override
    public boolean isValid(long validity, long row) {
        return VectorValues.isValid(validity, row);
    }

    @Override
    public void setNull(long validity, long row) {
        VectorValues.setNull(validity, row);
    }

    @Override
    public long field(long vector, int index) {
        try {
            return (long) STRUCT_CHILD.invokeExact(vector, (long) index);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long elements(long vector) {
        try {
            return (long) LIST_CHILD.invokeExact(vector);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long elementCount(long vector) {
        try {
            return (long) LIST_SIZE.invokeExact(vector);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void reserveElements(long vector, long capacity) {
        try {
            require((int) RESERVE.invokeExact(vector, capacity));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void appendEntry(long vector, long data, long row, long start, int length) {
        MEMORY.set(JAVA_LONG, data + row * ENTRY_BYTES, start);
        MEMORY.set(JAVA_LONG, data + row * ENTRY_BYTES + 8, length);
        try {
            require((int) SET_LIST_SIZE.invokeExact(vector, start + length));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static void require(int state) {
        if (state != 0) {
            throw new IllegalStateException("DuckDB gave no room for the elements of a list");
        }
    }

    @Override
    public long entryStart(long data, long row) {
        return MEMORY.get(JAVA_LONG, data + row * ENTRY_BYTES);
    }

    @Override
    public int entryLength(long data, long row) {
        return Math.toIntExact(MEMORY.get(JAVA_LONG, data + row * ENTRY_BYTES + 8));
    }

    @Override
    public PrimitiveArrays arrays(Field type) {
        return DuckDbArrays.of(type);
    }
}
