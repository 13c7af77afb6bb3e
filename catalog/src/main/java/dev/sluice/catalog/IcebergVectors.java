package dev.sluice.catalog;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UUIDUtil;
import org.jspecify.annotations.Nullable;

/** Puts Iceberg's values, in the classes of its own that it keeps them in, into Arrow's vectors. */
final class IcebergVectors {
    private IcebergVectors() {}

    static void setRow(List<FieldVector> columns, int row, StructLike values, List<Types.NestedField> fields) {
        for (var i = 0; i < fields.size(); i++) {
            set(columns.get(i), row, values.get(i, Object.class), fields.get(i).type());
        }
    }

    private static void set(FieldVector vector, int row, @Nullable Object value, Type type) {
        if (value == null) {
            vector.setNull(row);
            return;
        }
        switch (vector) {
            case MapVector map -> setMap(map, row, (Map<?, ?>) value, (Types.MapType) type);
            case ListVector list -> setList(list, row, (Collection<?>) value, (Types.ListType) type);
            case StructVector struct -> {
                struct.setIndexDefined(row);
                setRow(
                        struct.getChildrenFromFields(),
                        row,
                        (StructLike) value,
                        type.asStructType().fields());
            }
            default -> setSimple(vector, row, value);
        }
    }

    private static void setMap(MapVector map, int row, Map<?, ?> values, Types.MapType type) {
        var at = map.startNewValue(row);
        var entries = (StructVector) map.getDataVector();
        for (var entry : values.entrySet()) {
            entries.setIndexDefined(at);
            set(entries.getChildrenFromFields().getFirst(), at, entry.getKey(), type.keyType());
            set(entries.getChildrenFromFields().getLast(), at, entry.getValue(), type.valueType());
            at++;
        }
        map.endValue(row, values.size());
    }

    private static void setList(ListVector list, int row, Collection<?> values, Types.ListType type) {
        var at = list.startNewValue(row);
        for (var value : values) {
            set(list.getDataVector(), at++, value, type.elementType());
        }
        list.endValue(row, values.size());
    }

    private static void setSimple(FieldVector vector, int row, Object value) {
        switch (vector) {
            case BitVector bits -> bits.setSafe(row, (Boolean) value ? 1 : 0);
            case IntVector numbers -> numbers.setSafe(row, ((Number) value).intValue());
            case BigIntVector numbers -> numbers.setSafe(row, ((Number) value).longValue());
            case Float4Vector numbers -> numbers.setSafe(row, (Float) value);
            case Float8Vector numbers -> numbers.setSafe(row, (Double) value);
            case DecimalVector numbers -> numbers.setSafe(row, (BigDecimal) value);
            case DateDayVector days -> days.setSafe(row, (Integer) value);
            case TimeMicroVector times -> times.setSafe(row, (Long) value);
            case TimeStampVector times -> times.setSafe(row, (Long) value);
            case VarCharVector texts -> texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
            case VarBinaryVector blobs -> blobs.setSafe(row, bytes(value));
            case FixedSizeBinaryVector blobs -> blobs.setSafe(row, bytes(value));
            default -> throw new IllegalArgumentException("No Iceberg value goes into " + vector.getField());
        }
    }

    private static byte[] bytes(Object value) {
        return switch (value) {
            case byte[] array -> array;
            case UUID uuid -> UUIDUtil.convert(uuid);
            case ByteBuffer buffer -> {
                var bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                yield bytes;
            }
            default -> throw new IllegalArgumentException("No bytes: " + value.getClass());
        };
    }
}
