package dev.sluice.cli;

import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Arrow's types by the names that SQL has for them. */
final class TypeName {
    private TypeName() {}

    static boolean isNumber(Field field) {
        return switch (field.getType().getTypeID()) {
            case Int, FloatingPoint, Decimal -> true;
            default -> false;
        };
    }

    static String of(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> "BOOLEAN";
            case ArrowType.Int number -> integer(number);
            case ArrowType.FloatingPoint number ->
                number.getPrecision() == FloatingPointPrecision.DOUBLE ? "DOUBLE" : "REAL";
            case ArrowType.Decimal number -> "DECIMAL(" + number.getPrecision() + "," + number.getScale() + ")";
            case ArrowType.Utf8 _, ArrowType.LargeUtf8 _, ArrowType.Utf8View _ -> "VARCHAR";
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.BinaryView _ -> "BLOB";
            case ArrowType.FixedSizeBinary binary -> binary.getByteWidth() == 16 ? "UUID" : "BLOB";
            case ArrowType.Date _ -> "DATE";
            case ArrowType.Time _ -> "TIME";
            case ArrowType.Timestamp timestamp -> timestamp.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMPTZ";
            case ArrowType.Interval _, ArrowType.Duration _ -> "INTERVAL";
            case ArrowType.Null _ -> "NULL";
            case ArrowType.Map _ -> {
                var entry = field.getChildren().getFirst().getChildren();
                yield "MAP(" + of(entry.get(0)) + ", " + of(entry.get(1)) + ")";
            }
            case ArrowType.List _, ArrowType.LargeList _, ArrowType.FixedSizeList _ ->
                of(field.getChildren().getFirst()) + "[]";
            case ArrowType.Struct _ ->
                field.getChildren().stream()
                        .map(child -> child.getName() + " " + of(child))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case ArrowType other -> other.toString();
        };
    }

    private static String integer(ArrowType.Int number) {
        var signed = switch (number.getBitWidth()) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
        };
        return number.getIsSigned() ? signed : "U" + signed;
    }
}
