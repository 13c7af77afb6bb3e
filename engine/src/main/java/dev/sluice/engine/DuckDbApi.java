package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udf.runtime.NestedVectors;
import dev.sluice.udf.runtime.VectorAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How batches of rows lie in DuckDB's memory, by functions of its C API. Other classes link those that register what is
 * called. Works without a database, and without the JDBC driver.
 */
@SuppressWarnings("restricted")
final class DuckDbApi implements VectorAccess {
    static final DuckDbApi INSTANCE = new DuckDbApi();

    /** All memory there is, for addresses that DuckDB hands out. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = DuckDbLibrary.symbols();
    static final Linker.Option BRIEF = Linker.Option.critical(false);

    private static final MethodHandle CHUNK_SIZE =
            link("duckdb_data_chunk_get_size", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle CHUNK_VECTOR =
            link("duckdb_data_chunk_get_vector", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle SET_CHUNK_SIZE =
            link("duckdb_data_chunk_set_size", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle VECTOR_DATA =
            link("duckdb_vector_get_data", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle VECTOR_VALIDITY =
            link("duckdb_vector_get_validity", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), BRIEF);
    private static final MethodHandle ENSURE_VALIDITY =
            link("duckdb_vector_ensure_validity_writable", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle ASSIGN_STRING = link(
            "duckdb_unsafe_vector_assign_string_element_len",
            FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
            Linker.Option.critical(true));

    private DuckDbApi() {}

    /** The types of a function as DuckDB sees it. */
    record Signature(List<Field> parameters, Field result, boolean deterministic) {
        Signature {
            parameters = List.copyOf(parameters);
        }

        /** Its parameters have no names, so that functions of the same types share it. */
        static Signature of(List<Field> parameters, Field result, boolean deterministic) {
            return new Signature(parameters.stream().map(Signature::unnamed).toList(), unnamed(result), deterministic);
        }

        private static Field unnamed(Field field) {
            return new Field("", field.getFieldType(), field.getChildren());
        }
    }

    /**
     * What DuckDB calls for a batch of rows, on its own threads. Nothing may be thrown out of it: that ends the JVM.
     */
    @FunctionalInterface
    interface Callback {
        void call(long info, long chunk, long result);
    }

    /** A callback that DuckDB can call for as long as {@code arena} is open. */
    static MemorySegment stub(Callback callback, Arena arena) {
        try {
            var type = MethodType.methodType(void.class, long.class, long.class, long.class);
            return stub(MethodHandles.lookup().bind(callback, "call", type), arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The callback is ours", e);
        }
    }

    /** @param call takes {@code long}s, and gives one or nothing */
    static MemorySegment stub(MethodHandle call, Arena arena) {
        var parameters =
                Collections.nCopies(call.type().parameterCount(), JAVA_LONG).toArray(MemoryLayout[]::new);
        var type = call.type().returnType() == void.class
                ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(JAVA_LONG, parameters);
        return LINKER.upcallStub(call, type, arena);
    }

    static MemorySegment pointerTo(long address, Arena arena) {
        return arena.allocateFrom(JAVA_LONG, address);
    }

    /** How many rows a batch has. */
    static long size(long chunk) {
        try {
            return (long) CHUNK_SIZE.invokeExact(chunk);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void setSize(long chunk, long rows) {
        try {
            SET_CHUNK_SIZE.invokeExact(chunk, rows);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Where the values of a batch's column lie. */
    static long column(long chunk, long index) {
        return data(vector(chunk, index));
    }

    static long vector(long chunk, long index) {
        try {
            return (long) CHUNK_VECTOR.invokeExact(chunk, index);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Where a vector's validity mask lies; 0 where all rows are valid. */
    static long validity(long vector) {
        try {
            return (long) VECTOR_VALIDITY.invokeExact(vector);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Where a vector's validity mask lies, which is made if need be. */
    static long writableMask(long vector) {
        try {
            ENSURE_VALIDITY.invokeExact(vector);
            return (long) VECTOR_VALIDITY.invokeExact(vector);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Where the values of a vector lie. */
    static long data(long vector) {
        try {
            return (long) VECTOR_DATA.invokeExact(vector);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void assignString(long vector, long row, byte[] utf8) {
        try {
            ASSIGN_STRING.invokeExact(vector, row, MemorySegment.ofArray(utf8), (long) utf8.length);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Copies a string of native memory into a vector. */
    static void assignString(long vector, long row, long utf8, long length) {
        try {
            ASSIGN_STRING.invokeExact(vector, row, MemorySegment.ofAddress(utf8), length);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public MethodHandle size() {
        return CHUNK_SIZE;
    }

    @Override
    public MethodHandle column() {
        return CHUNK_VECTOR;
    }

    @Override
    public MethodHandle data() {
        return VECTOR_DATA;
    }

    @Override
    public MethodHandle validity() {
        return VECTOR_VALIDITY;
    }

    /** {@code ENSURE_VALIDITY(vector); return VECTOR_VALIDITY(vector)}. */
    @Override
    public MethodHandle writableValidity() {
        return MethodHandles.foldArguments(VECTOR_VALIDITY, ENSURE_VALIDITY);
    }

    @Override
    public MethodHandle isValid() {
        return VectorValues.IS_VALID;
    }

    @Override
    public MethodHandle setNull() {
        return VectorValues.SET_NULL;
    }

    @Override
    public MethodHandle state() {
        return VectorValues.STATE;
    }

    @Override
    public MethodHandle setState() {
        return VectorValues.SET_STATE;
    }

    @Override
    public MethodHandle reader(Field type) {
        return VectorValues.codec(type).read();
    }

    @Override
    public MethodHandle writer(Field type) {
        return VectorValues.codec(type).write();
    }

    @Override
    public MethodHandle digitsReader(Field type) {
        return VectorValues.digitsCodec((ArrowType.Decimal) type.getType()).read();
    }

    @Override
    public MethodHandle digitsWriter(Field type) {
        return VectorValues.digitsCodec((ArrowType.Decimal) type.getType()).write();
    }

    @Override
    public NestedVectors nested() {
        return DuckDbNested.INSTANCE;
    }

    static MethodHandle link(String symbol, FunctionDescriptor type, Linker.Option... options) {
        return LIBRARY.find(symbol)
                .map(address -> LINKER.downcallHandle(address, type, options))
                .orElseThrow(() -> new LinkageError("DuckDB's library does not export " + symbol
                        + "; this server needs the version of DuckDB that it was built with"));
    }

    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
