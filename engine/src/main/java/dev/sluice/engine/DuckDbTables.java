package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/** The part of DuckDB's C API that is about functions in FROM. */
final class DuckDbTables {
    private static final MethodHandle CREATE = link("duckdb_create_table_function", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle DESTROY =
            link("duckdb_destroy_table_function", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle SET_NAME =
            link("duckdb_table_function_set_name", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle ADD_PARAMETER =
            link("duckdb_table_function_add_parameter", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SET_EXTRA_INFO =
            link("duckdb_table_function_set_extra_info", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_BIND =
            link("duckdb_table_function_set_bind", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_INIT =
            link("duckdb_table_function_set_init", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_FUNCTION =
            link("duckdb_table_function_set_function", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_PROJECTED = link(
            "duckdb_table_function_supports_projection_pushdown", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_BOOLEAN));
    private static final MethodHandle REGISTER =
            link("duckdb_register_table_function", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

    private static final MethodHandle BIND_EXTRA_INFO = getter("duckdb_bind_get_extra_info");
    private static final MethodHandle BIND_PARAMETER =
            link("duckdb_bind_get_parameter", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle BIND_ADD_COLUMN =
            link("duckdb_bind_add_result_column", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle BIND_SET_DATA =
            link("duckdb_bind_set_bind_data", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle BIND_SET_ERROR =
            link("duckdb_bind_set_error", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));

    private static final MethodHandle INIT_EXTRA_INFO = getter("duckdb_init_get_extra_info");
    private static final MethodHandle INIT_BIND_DATA = getter("duckdb_init_get_bind_data");
    private static final MethodHandle INIT_COLUMNS = getter("duckdb_init_get_column_count");
    private static final MethodHandle INIT_COLUMN =
            link("duckdb_init_get_column_index", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle INIT_SET_DATA =
            link("duckdb_init_set_init_data", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle INIT_SET_THREADS =
            link("duckdb_init_set_max_threads", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle INIT_SET_ERROR =
            link("duckdb_init_set_error", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));

    private static final MethodHandle EXTRA_INFO = getter("duckdb_function_get_extra_info");
    private static final MethodHandle INIT_DATA = getter("duckdb_function_get_init_data");
    private static final MethodHandle SET_ERROR =
            link("duckdb_function_set_error", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));

    private DuckDbTables() {}

    private static MethodHandle link(String symbol, FunctionDescriptor type) {
        return DuckDbApi.link(symbol, type);
    }

    private static MethodHandle getter(String symbol) {
        return link(symbol, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    }

    /** What DuckDB calls. Nothing may be thrown out of these: that ends the JVM. */
    interface Callbacks {
        /** A call stands in a query that is planned. */
        void bind(long info);

        /** A call is made. */
        void init(long info);

        /** More rows are wanted; none end the call. */
        void next(long info, long chunk);

        /** What {@link #setBindData} was given is not used any more. */
        void forgetBound(long data);

        /** What {@link #setCallData} was given is not used any more. */
        void forgetCall(long data);
    }

    /** The callbacks as DuckDB takes them. */
    record Stubs(
            MemorySegment bind,
            MemorySegment init,
            MemorySegment next,
            MemorySegment forgetBound,
            MemorySegment forgetCall) {}

    static Stubs stubs(Callbacks callbacks, Arena arena) {
        return new Stubs(
                stub(callbacks, arena, "bind", long.class),
                stub(callbacks, arena, "init", long.class),
                stub(callbacks, arena, "next", long.class, long.class),
                stub(callbacks, arena, "forgetBound", long.class),
                stub(callbacks, arena, "forgetCall", long.class));
    }

    private static MemorySegment stub(Callbacks callbacks, Arena arena, String name, Class<?>... parameters) {
        try {
            var type = MethodType.methodType(void.class, parameters);
            return DuckDbApi.stub(MethodHandles.lookup().bind(callbacks, name, type), arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The callback is ours", e);
        }
    }

    /** Makes a function known to all of the connection's database; its columns are told by each bind. */
    static void register(NativeConnection connection, String name, List<Field> parameters, Stubs stubs, long extra) {
        try (var arena = Arena.ofConfined()) {
            var function = (long) CREATE.invokeExact();
            try {
                SET_NAME.invokeExact(function, arena.allocateFrom(name));
                for (var parameter : parameters) {
                    LogicalTypes.set(ADD_PARAMETER, function, parameter, arena);
                }
                SET_BIND.invokeExact(function, stubs.bind());
                SET_INIT.invokeExact(function, stubs.init());
                SET_FUNCTION.invokeExact(function, stubs.next());
                SET_PROJECTED.invokeExact(function, true);
                SET_EXTRA_INFO.invokeExact(function, extra, MemorySegment.NULL);
                if ((int) REGISTER.invokeExact(connection.address(), function) != 0) {
                    throw new IllegalStateException("DuckDB refused the table function " + name + parameters);
                }
            } finally {
                DESTROY.invokeExact(DuckDbApi.pointerTo(function, arena));
            }
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    static long extraInfoOfBind(long info) {
        return get(BIND_EXTRA_INFO, info);
    }

    static long extraInfoOfInit(long info) {
        return get(INIT_EXTRA_INFO, info);
    }

    static long extraInfo(long info) {
        return get(EXTRA_INFO, info);
    }

    static long boundData(long info) {
        return get(INIT_BIND_DATA, info);
    }

    static long callData(long info) {
        return get(INIT_DATA, info);
    }

    /** A value, for the caller to destroy. */
    static long parameter(long info, int index) {
        try {
            return (long) BIND_PARAMETER.invokeExact(info, (long) index);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    static void addColumn(long info, Field column) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(column.getName());
            LogicalTypes.use(column, arena, type -> {
                BIND_ADD_COLUMN.invokeExact(info, name, type);
            });
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    static void setBindData(long info, long data, Stubs stubs) {
        try {
            BIND_SET_DATA.invokeExact(info, data, stubs.forgetBound());
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    /** The call's own data; it is made by one thread. */
    static void setCallData(long info, long data, Stubs stubs) {
        try {
            INIT_SET_DATA.invokeExact(info, data, stubs.forgetCall());
            INIT_SET_THREADS.invokeExact(info, 1L);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    /**
     * The number of the column that each of the call's vectors takes; none of the function's where it is for nothing.
     */
    static long[] columns(long info) {
        var columns = (int) get(INIT_COLUMNS, info);
        return IntStream.range(0, columns).mapToLong(i -> column(info, i)).toArray();
    }

    private static long column(long info, int index) {
        try {
            return (long) INIT_COLUMN.invokeExact(info, (long) index);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    static void failBind(long info, MemorySegment message) {
        fail(BIND_SET_ERROR, info, message);
    }

    static void failInit(long info, MemorySegment message) {
        fail(INIT_SET_ERROR, info, message);
    }

    static void fail(long info, MemorySegment message) {
        fail(SET_ERROR, info, message);
    }

    private static void fail(MethodHandle setter, long info, MemorySegment message) {
        try {
            setter.invokeExact(info, message);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }

    private static long get(MethodHandle getter, long info) {
        try {
            return (long) getter.invokeExact(info);
        } catch (Throwable t) {
            throw DuckDbApi.unexpected(t);
        }
    }
}
