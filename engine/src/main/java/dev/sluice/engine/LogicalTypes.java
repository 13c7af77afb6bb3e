package dev.sluice.engine;

import static dev.sluice.engine.DuckDbApi.link;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Arrow's types as DuckDB's C API wants them for a function: objects that must be destroyed. */
final class LogicalTypes {
    private static final MethodHandle CREATE =
            link("duckdb_create_logical_type", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle CREATE_DECIMAL =
            link("duckdb_create_decimal_type", FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, JAVA_BYTE));
    private static final MethodHandle CREATE_LIST =
            link("duckdb_create_list_type", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CREATE_MAP =
            link("duckdb_create_map_type", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CREATE_STRUCT =
            link("duckdb_create_struct_type", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle DESTROY = link("duckdb_destroy_logical_type", FunctionDescriptor.ofVoid(ADDRESS));

    private LogicalTypes() {}

    /** Something to do with a type, which takes no part of it. */
    interface Use {
        void of(long type) throws Throwable;
    }

    /** Hands a type to {@code setter}, {@code (long function, long type) → void}. */
    static void set(MethodHandle setter, long function, Field field, Arena arena) throws Throwable {
        use(field, arena, type -> {
            setter.invokeExact(function, type);
        });
    }

    static void use(Field field, Arena arena, Use use) throws Throwable {
        var type = create(field, arena);
        try {
            use.of(type);
        } finally {
            destroy(type, arena);
        }
    }

    /** A type, for the caller to destroy. */
    static long create(Field field, Arena arena) throws Throwable {
        return switch (field.getType()) {
            case ArrowType.Decimal decimal ->
                (long) CREATE_DECIMAL.invokeExact((byte) decimal.getPrecision(), (byte) decimal.getScale());
            case ArrowType.List _ -> list(field.getChildren().getFirst(), arena);
            case ArrowType.Struct _ -> struct(field.getChildren(), arena);
            case ArrowType.Map _ -> map(field.getChildren().getFirst().getChildren(), arena);
            default -> (long) CREATE.invokeExact(id(field));
        };
    }

    private static long list(Field elements, Arena arena) throws Throwable {
        var element = create(elements, arena);
        var list = (long) CREATE_LIST.invokeExact(element);
        destroy(element, arena);
        return list;
    }

    private static long map(List<Field> entry, Arena arena) throws Throwable {
        var key = create(entry.get(0), arena);
        var value = create(entry.get(1), arena);
        var map = (long) CREATE_MAP.invokeExact(key, value);
        destroy(key, arena);
        destroy(value, arena);
        return map;
    }

    private static long struct(List<Field> fields, Arena arena) throws Throwable {
        var types = arena.allocate(JAVA_LONG, fields.size());
        var names = arena.allocate(ADDRESS, fields.size());
        for (var i = 0; i < fields.size(); i++) {
            types.setAtIndex(JAVA_LONG, i, create(fields.get(i), arena));
            names.setAtIndex(ADDRESS, i, arena.allocateFrom(fields.get(i).getName()));
        }
        var struct = (long) CREATE_STRUCT.invokeExact(types, names, (long) fields.size());
        for (var i = 0; i < fields.size(); i++) {
            destroy(types.getAtIndex(JAVA_LONG, i), arena);
        }
        return struct;
    }

    static void destroy(long type, Arena arena) throws Throwable {
        DESTROY.invokeExact(arena.allocateFrom(JAVA_LONG, type));
    }

    /** {@code duckdb_type} in the header of the C API. */
    private static int id(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> 1;
            case ArrowType.Int i when i.getBitWidth() == 8 -> 2;
            case ArrowType.Int i when i.getBitWidth() == 16 -> 3;
            case ArrowType.Int i when i.getBitWidth() == 32 -> 4;
            case ArrowType.Int _ -> 5;
            case ArrowType.FloatingPoint f -> f.getPrecision() == FloatingPointPrecision.SINGLE ? 10 : 11;
            case ArrowType.Timestamp t -> t.getTimezone() == null ? 12 : 31;
            case ArrowType.Date _ -> 13;
            case ArrowType.Time _ -> 14;
            case ArrowType.Utf8 _ -> 17;
            case ArrowType.FixedSizeBinary _ when DuckDbTypes.isUuid(field) -> 27;
            case ArrowType.FixedSizeBinary _, ArrowType.Binary _ -> 18;
            default -> throw new IllegalArgumentException("Functions do not take " + field);
        };
    }
}
