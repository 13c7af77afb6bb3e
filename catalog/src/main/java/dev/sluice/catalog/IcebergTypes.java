package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FieldDefaults;
import dev.sluice.core.FieldIds;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's types as Arrow's and back. Each Iceberg type has one Arrow type; from Arrow, narrower and wider relatives
 * are taken too, as the Iceberg type that holds all their values.
 */
final class IcebergTypes {
    private static final String EXTENSION_NAME = "ARROW:extension:name";
    private static final String EXTENSION_METADATA = "ARROW:extension:metadata";
    private static final String UUID = "arrow.uuid";
    private static final String COMMENT = "comment";
    private static final int UUID_BYTES = 16;
    private static final int MAX_PRECISION = 38;
    private static final int UINT64_DIGITS = 20;

    private IcebergTypes() {}

    // To Arrow

    static Schema toArrow(org.apache.iceberg.Schema schema) {
        return new Schema(schema.columns().stream().map(IcebergTypes::toArrow).toList());
    }

    static Field toArrow(Types.NestedField field) {
        var arrow = field(field.name(), field.isOptional(), field.type(), field.fieldId(), field.doc());
        arrow = defaulted(arrow, field.type(), field.initialDefault(), FieldDefaults::withInitial);
        return defaulted(arrow, field.type(), field.writeDefault(), FieldDefaults::withWrite);
    }

    private static Field defaulted(
            Field field, Type type, @Nullable Object value, BiFunction<Field, String, Field> with) {
        return Optional.ofNullable(value)
                .flatMap(present -> DefaultValue.text(type, present))
                .map(text -> with.apply(field, text))
                .orElse(field);
    }

    private static Field field(String name, boolean nullable, Type type, int id, @Nullable String doc) {
        var metadata = new HashMap<String, String>();
        if (doc != null) {
            metadata.put(COMMENT, doc);
        }
        if (type.typeId() == Type.TypeID.UUID) {
            metadata.put(EXTENSION_NAME, UUID);
            metadata.put(EXTENSION_METADATA, "");
        }
        var field = new Field(name, new FieldType(nullable, arrowType(name, type), null, metadata), children(type));
        return FieldIds.with(field, id);
    }

    private static List<Field> children(Type type) {
        return switch (type) {
            case Types.StructType struct ->
                struct.fields().stream().map(IcebergTypes::toArrow).toList();
            case Types.ListType list -> List.of(toArrow(list.fields().getFirst()));
            case Types.MapType map ->
                List.of(new Field(
                        "entries",
                        FieldType.notNullable(ArrowType.Struct.INSTANCE),
                        map.fields().stream().map(IcebergTypes::toArrow).toList()));
            default -> List.of();
        };
    }

    private static ArrowType arrowType(String name, Type type) {
        return switch (type) {
            case Types.BooleanType _ -> ArrowType.Bool.INSTANCE;
            case Types.IntegerType _ -> new ArrowType.Int(Integer.SIZE, true);
            case Types.LongType _ -> new ArrowType.Int(Long.SIZE, true);
            case Types.FloatType _ -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case Types.DoubleType _ -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case Types.DecimalType decimal -> new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
            case Types.DateType _ -> new ArrowType.Date(DateUnit.DAY);
            case Types.TimeType _ -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
            case Types.TimestampType timestamp
            when timestamp.shouldAdjustToUTC() -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case Types.TimestampType _ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case Types.TimestampNanoType timestamp
            when timestamp.shouldAdjustToUTC() -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
            case Types.TimestampNanoType _ -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            case Types.UnknownType _ -> ArrowType.Null.INSTANCE;
            case Types.StringType _ -> ArrowType.Utf8.INSTANCE;
            case Types.UUIDType _ -> new ArrowType.FixedSizeBinary(UUID_BYTES);
            case Types.FixedType fixed -> new ArrowType.FixedSizeBinary(fixed.length());
            case Types.BinaryType _ -> ArrowType.Binary.INSTANCE;
            case Types.StructType _ -> ArrowType.Struct.INSTANCE;
            case Types.ListType _ -> ArrowType.List.INSTANCE;
            case Types.MapType _ -> new ArrowType.Map(false);
            default ->
                throw Failure.unsupported("Column '" + name + "' has type " + type + ", which cannot be read")
                        .exception();
        };
    }

    // From Arrow

    /** The columns with the field ids that the Arrow fields carry. */
    static org.apache.iceberg.Schema withIdsOf(Schema schema) {
        return convert(schema, FieldIds::load);
    }

    /** The columns with new field ids, from 1. */
    static org.apache.iceberg.Schema withNewIds(Schema schema) {
        var provisional = new AtomicInteger();
        var ids = new AtomicInteger();
        return TypeUtil.assignFreshIds(convert(schema, _ -> provisional.incrementAndGet()), ids::incrementAndGet);
    }

    private static org.apache.iceberg.Schema convert(Schema schema, ToIntFunction<Field> ids) {
        return new org.apache.iceberg.Schema(schema.getFields().stream()
                .map(field -> nested(field, field.getName(), ids))
                .toList());
    }

    /** A column or field with made-up ids. */
    static Types.NestedField withSomeIds(Field field) {
        var ids = new AtomicInteger();
        return nested(field, field.getName(), _ -> ids.incrementAndGet());
    }

    private static Types.NestedField nested(Field field, String path, ToIntFunction<Field> ids) {
        var id = ids.applyAsInt(field);
        var type = type(field, path, ids);
        var nested = Types.NestedField.builder()
                .withId(id)
                .withName(field.getName())
                .isOptional(field.isNullable())
                .ofType(type)
                .withDoc(field.getMetadata().get(COMMENT));
        FieldDefaults.initial(field)
                .ifPresent(text -> nested.withInitialDefault(DefaultValue.literal(path, type, text)));
        FieldDefaults.write(field).ifPresent(text -> nested.withWriteDefault(DefaultValue.literal(path, type, text)));
        return nested.build();
    }

    private static Type type(Field field, String path, ToIntFunction<Field> ids) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> Types.BooleanType.get();
            case ArrowType.Int integer -> integer(integer, path);
            case ArrowType.FloatingPoint real -> real(real, path);
            case ArrowType.Decimal decimal -> decimal(decimal, path);
            case ArrowType.Date _ -> Types.DateType.get();
            case ArrowType.Time _ -> Types.TimeType.get();
            case ArrowType.Timestamp timestamp ->
                timestamp.getTimezone() == null ? Types.TimestampType.withoutZone() : Types.TimestampType.withZone();
            case ArrowType.Utf8 _, ArrowType.LargeUtf8 _, ArrowType.Utf8View _ -> Types.StringType.get();
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.BinaryView _ -> Types.BinaryType.get();
            case ArrowType.FixedSizeBinary fixed -> fixed(fixed, field);
            case ArrowType.Struct _ -> struct(field, path, ids);
            case ArrowType.List _, ArrowType.LargeList _, ArrowType.FixedSizeList _, ArrowType.ListView _ ->
                list(field, path, ids);
            case ArrowType.Map _ -> map(field, path, ids);
            default -> throw unsupported(path, field.getType().toString());
        };
    }

    private static Type integer(ArrowType.Int type, String path) {
        if (!type.getIsSigned() && type.getBitWidth() == Long.SIZE) {
            return Types.DecimalType.of(UINT64_DIGITS, 0);
        }
        return switch (type.getBitWidth()) {
            case Byte.SIZE, Short.SIZE -> Types.IntegerType.get();
            case Integer.SIZE -> type.getIsSigned() ? Types.IntegerType.get() : Types.LongType.get();
            case Long.SIZE -> Types.LongType.get();
            default -> throw unsupported(path, type.toString());
        };
    }

    private static Type real(ArrowType.FloatingPoint type, String path) {
        return switch (type.getPrecision()) {
            case SINGLE -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case HALF -> throw unsupported(path, type.toString());
        };
    }

    private static Type decimal(ArrowType.Decimal type, String path) {
        if (type.getPrecision() > MAX_PRECISION || type.getScale() < 0) {
            throw unsupported(path, type.toString());
        }
        return Types.DecimalType.of(type.getPrecision(), type.getScale());
    }

    private static Type fixed(ArrowType.FixedSizeBinary type, Field field) {
        return UUID.equals(field.getMetadata().get(EXTENSION_NAME)) && type.getByteWidth() == UUID_BYTES
                ? Types.UUIDType.get()
                : Types.FixedType.ofLength(type.getByteWidth());
    }

    private static Type struct(Field field, String path, ToIntFunction<Field> ids) {
        return Types.StructType.of(field.getChildren().stream()
                .map(child -> nested(child, path + '.' + child.getName(), ids))
                .toList());
    }

    private static Type list(Field field, String path, ToIntFunction<Field> ids) {
        var element = field.getChildren().getFirst();
        var id = ids.applyAsInt(element);
        var type = type(element, path + ".element", ids);
        return element.isNullable() ? Types.ListType.ofOptional(id, type) : Types.ListType.ofRequired(id, type);
    }

    private static Type map(Field field, String path, ToIntFunction<Field> ids) {
        var entry = field.getChildren().getFirst().getChildren();
        var key = entry.getFirst();
        var value = entry.getLast();
        var keyId = ids.applyAsInt(key);
        var valueId = ids.applyAsInt(value);
        var keyType = type(key, path + ".key", ids);
        var valueType = type(value, path + ".value", ids);
        return value.isNullable()
                ? Types.MapType.ofOptional(keyId, valueId, keyType, valueType)
                : Types.MapType.ofRequired(keyId, valueId, keyType, valueType);
    }

    private static FailureException unsupported(String column, String type) {
        return Failure.unsupported("Column '" + column + "' has type " + type + ", which a table cannot hold")
                .exception();
    }
}
