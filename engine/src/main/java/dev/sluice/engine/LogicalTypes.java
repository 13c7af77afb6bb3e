package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** DuckDB's types, for functions that are registered by its C API. */
final class LogicalTypes {
    private static final MethodHandle CREATE =
            DuckDbApi.link("duckdb_create_logical_type", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle CREATE_DECIMAL =
            DuckDbApi.link("duckdb_create_decimal_type", FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, JAVA_BYTE));
    private static final MethodHandle DESTROY =
            DuckDbApi.link("duckdb_destroy_logical_type", FunctionDescriptor.ofVoid(ADDRESS));

    private LogicalTypes() {}

    /** Something to do with a type, which takes no part of it. */
    interface Use {
        void of(long type) throws Throwable;
    }

    /** Hands a type to {@code setter}, {@code (long function, long type) → void}. */
    static void set(MethodHandle setter, long function, ArrowType arrowType, Arena arena) throws Throwable {
        use(arrowType, arena, type -> {
            setter.invokeExact(function, type);
        });
    }

    static void use(ArrowType arrowType, Arena arena, Use use) throws Throwable {
        var type = create(arrowType);
        try {
            use.of(type);
        } finally {
            destroy(type, arena);
        }
    }

    /** A type, for the caller to destroy. */
    static long create(ArrowType arrowType) throws Throwable {
        return arrowType instanceof ArrowType.Decimal decimal
                ? (long) CREATE_DECIMAL.invokeExact((byte) decimal.getPrecision(), (byte) decimal.getScale())
                : (long) CREATE.invokeExact(typeId(arrowType));
    }

    static void destroy(long type, Arena arena) throws Throwable {
        DESTROY.invokeExact(DuckDbApi.pointerTo(type, arena));
    }

    /** {@code duckdb_type} in the header of the C API. */
    private static int typeId(ArrowType type) {
        return switch (type) {
            case ArrowType.Bool _ -> 1;
            case ArrowType.Int i when i.getBitWidth() == 32 -> 4;
            case ArrowType.Int i when i.getBitWidth() == 64 -> 5;
            case ArrowType.FloatingPoint f -> f.getPrecision() == FloatingPointPrecision.SINGLE ? 10 : 11;
            case ArrowType.Timestamp t -> t.getTimezone() == null ? 12 : 31;
            case ArrowType.Date _ -> 13;
            case ArrowType.Utf8 _ -> 17;
            default -> throw new IllegalArgumentException("Functions do not take " + type);
        };
    }
}
