package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Failure;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Arrow's types in DuckDB's words. */
final class DuckDbTypes {
    private static final String EXTENSION = "ARROW:extension:name";
    private static final String UUID = "arrow.uuid";

    private DuckDbTypes() {}

    /** The type as DuckDB writes it in SQL. */
    static String sql(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> "BOOLEAN";
            case ArrowType.Int type -> (type.getIsSigned() ? "" : "U") + integer(type.getBitWidth());
            case ArrowType.FloatingPoint type ->
                type.getPrecision() == FloatingPointPrecision.DOUBLE ? "DOUBLE" : "FLOAT";
            case ArrowType.Decimal type -> "DECIMAL(" + type.getPrecision() + ", " + type.getScale() + ")";
            case ArrowType.Utf8 _, ArrowType.LargeUtf8 _ -> "VARCHAR";
            case ArrowType.FixedSizeBinary _
            when UUID.equals(field.getMetadata().get(EXTENSION)) -> "UUID";
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.FixedSizeBinary _ -> "BLOB";
            case ArrowType.Date _ -> "DATE";
            case ArrowType.Time _ -> "TIME";
            case ArrowType.Timestamp type ->
                (type.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMPTZ")
                        + (type.getUnit() == TimeUnit.NANOSECOND ? "_NS" : "");
            case ArrowType.Null _ -> "\"NULL\"";
            case ArrowType.Struct _ ->
                field.getChildren().stream()
                        .map(child -> QualifiedName.quote(child.getName()) + " " + sql(child))
                        .collect(joining(", ", "STRUCT(", ")"));
            case ArrowType.List _, ArrowType.LargeList _ ->
                sql(field.getChildren().getFirst()) + "[]";
            case ArrowType.Map _ -> {
                var entry = field.getChildren().getFirst().getChildren();
                yield "MAP(" + sql(entry.get(0)) + ", " + sql(entry.get(1)) + ")";
            }
            default ->
                throw Failure.unsupported("Type " + field.getType() + " of column " + field.getName()
                                + " has no counterpart in DuckDB")
                        .exception();
        };
    }

    static Field uuid(String name) {
        var type = new FieldType(true, new ArrowType.FixedSizeBinary(16), null, Map.of(EXTENSION, UUID));
        return new Field(name, type, List.of());
    }

    static boolean isUuid(Field field) {
        return UUID.equals(field.getMetadata().get(EXTENSION));
    }

    private static String integer(int bits) {
        return switch (bits) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
        };
    }

    /** The field ids of some columns, as COPY takes them. */
    static String fieldIds(List<Field> fields) {
        return fields.stream()
                .map(f -> QualifiedName.quote(f.getName()) + ": " + fieldId(f))
                .collect(joining(", ", "{", "}"));
    }

    private static String fieldId(Field field) {
        var id = FieldIds.load(field);
        return switch (field.getType()) {
            case ArrowType.Struct _ ->
                field.getChildren().stream()
                        .map(child -> QualifiedName.quote(child.getName()) + ": " + fieldId(child))
                        .collect(joining(", ", "{__duckdb_field_id: " + id + ", ", "}"));
            case ArrowType.List _, ArrowType.LargeList _ ->
                "{__duckdb_field_id: " + id + ", element: "
                        + fieldId(field.getChildren().getFirst()) + "}";
            case ArrowType.Map _ -> {
                var entry = field.getChildren().getFirst().getChildren();
                yield "{__duckdb_field_id: " + id + ", key: " + fieldId(entry.get(0)) + ", value: "
                        + fieldId(entry.get(1)) + "}";
            }
            default -> Integer.toString(id);
        };
    }

    /** The type of a parameter that DuckDB names so; the Null type where it is not known. */
    static ArrowType parameter(String name) {
        return switch (name) {
            case "BOOLEAN" -> ArrowType.Bool.INSTANCE;
            case "TINYINT", "SMALLINT", "INTEGER" -> new ArrowType.Int(32, true);
            case "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> new ArrowType.Int(64, true);
            case "FLOAT" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "VARCHAR" -> ArrowType.Utf8.INSTANCE;
            case "BLOB" -> ArrowType.Binary.INSTANCE;
            case "DATE" -> new ArrowType.Date(DateUnit.DAY);
            case "TIME" -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "TIMESTAMP WITH TIME ZONE" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            default -> name.startsWith("DECIMAL(") && name.endsWith(")") ? decimal(name) : ArrowType.Null.INSTANCE;
        };
    }

    /** The type in which a column of a plain type that DuckDB names so reaches Arrow; empty for all others. */
    static Optional<ArrowType> result(String name) {
        return switch (name) {
            case "TINYINT" -> Optional.of(new ArrowType.Int(8, true));
            case "SMALLINT" -> Optional.of(new ArrowType.Int(16, true));
            case "HUGEINT" -> Optional.of(new ArrowType.Decimal(38, 0, 128));
            case "UTINYINT", "USMALLINT", "UINTEGER" -> Optional.empty();
            default -> Optional.of(parameter(name)).filter(type -> !type.equals(ArrowType.Null.INSTANCE));
        };
    }

    private static ArrowType decimal(String name) {
        var numbers = name.substring("DECIMAL(".length(), name.length() - 1).split(",");
        return new ArrowType.Decimal(Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()), 128);
    }
}
