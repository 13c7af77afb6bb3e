package dev.sluice.server.flight;

import java.util.HashMap;
import java.util.OptionalInt;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Columns as Flight SQL clients want them told: type name, precision and scale in the metadata of each field, which is
 * the only place where the JDBC driver looks for them.
 */
final class ResultFields {
    private ResultFields() {}

    static Schema annotated(Schema schema) {
        return new Schema(
                schema.getFields().stream().map(ResultFields::annotated).toList());
    }

    static Field annotated(Field field) {
        return annotated(field, new FlightSqlColumnMetadata.Builder());
    }

    /** The field with its own facts added to those that the builder has. */
    static Field annotated(Field field, FlightSqlColumnMetadata.Builder builder) {
        builder.typeName(typeName(field)).isSearchable(true).isCaseSensitive(true);
        precision(field.getType()).ifPresent(builder::precision);
        scale(field.getType()).ifPresent(builder::scale);
        var metadata = new HashMap<>(field.getMetadata());
        metadata.putAll(builder.build().getMetadataMap());
        var type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
        return new Field(field.getName(), type, field.getChildren());
    }

    private static OptionalInt precision(ArrowType type) {
        return switch (type) {
            case ArrowType.Decimal decimal -> OptionalInt.of(decimal.getPrecision());
            case ArrowType.Bool _ -> OptionalInt.of(1);
            case ArrowType.Int number ->
                OptionalInt.of(
                        switch (number.getBitWidth()) {
                            case 8 -> 3;
                            case 16 -> 5;
                            case 32 -> 10;
                            default -> number.getIsSigned() ? 19 : 20;
                        });
            case ArrowType.FloatingPoint number ->
                OptionalInt.of(number.getPrecision() == FloatingPointPrecision.DOUBLE ? 15 : 7);
            case ArrowType.Date _ -> OptionalInt.of("2001-01-01".length());
            case ArrowType.Time _ -> OptionalInt.of("00:00:00.000000".length());
            case ArrowType.Timestamp _ -> OptionalInt.of("2001-01-01 00:00:00.000000".length());
            case ArrowType.FixedSizeBinary binary -> OptionalInt.of(binary.getByteWidth());
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt scale(ArrowType type) {
        return switch (type) {
            case ArrowType.Decimal decimal -> OptionalInt.of(decimal.getScale());
            case ArrowType.Int _ -> OptionalInt.of(0);
            case ArrowType.Time _, ArrowType.Timestamp _ -> OptionalInt.of(6);
            default -> OptionalInt.empty();
        };
    }

    static String typeName(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> "BOOLEAN";
            case ArrowType.Int number -> integer(number);
            case ArrowType.FloatingPoint number ->
                number.getPrecision() == FloatingPointPrecision.DOUBLE ? "DOUBLE" : "REAL";
            case ArrowType.Decimal _ -> "DECIMAL";
            case ArrowType.Utf8 _, ArrowType.LargeUtf8 _ -> "VARCHAR";
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.FixedSizeBinary _ -> "VARBINARY";
            case ArrowType.Date _ -> "DATE";
            case ArrowType.Time _ -> "TIME";
            case ArrowType.Timestamp stamp -> stamp.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
            case ArrowType.Struct _ -> "STRUCT";
            case ArrowType.List _, ArrowType.LargeList _, ArrowType.FixedSizeList _ -> "ARRAY";
            case ArrowType.Map _ -> "MAP";
            default -> field.getType().getTypeID().name();
        };
    }

    private static String integer(ArrowType.Int number) {
        return switch (number.getBitWidth()) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
        };
    }
}
