package dev.sluice.catalog;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's types in SQL's words, for messages. */
final class SqlTypes {
    private SqlTypes() {}

    static String name(Type type) {
        return switch (type) {
            case Types.IntegerType _ -> "INTEGER";
            case Types.LongType _ -> "BIGINT";
            case Types.StringType _ -> "VARCHAR";
            case Types.BinaryType _ -> "BLOB";
            case Types.TimestampType timestamp -> timestamp.shouldAdjustToUTC() ? "TIMESTAMPTZ" : "TIMESTAMP";
            case Types.StructType struct ->
                struct.fields().stream()
                        .map(field -> field.name() + " " + name(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case Types.ListType list -> name(list.elementType()) + "[]";
            case Types.MapType map -> "MAP(" + name(map.keyType()) + ", " + name(map.valueType()) + ")";
            default -> type.toString().toUpperCase(Locale.ROOT);
        };
    }
}
