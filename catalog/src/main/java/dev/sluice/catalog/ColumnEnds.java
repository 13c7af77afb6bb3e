package dev.sluice.catalog;

import dev.sluice.core.TableSummary;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The least and the greatest value of a column, gathered from the bounds of files. Confined to one thread.
 *
 * <p>Bounds of texts and bytes may be cut, and those of floating point leave NaN out and tell no zeros apart: such
 * columns have no exact ends.
 */
final class ColumnEnds {
    /** What all engines print and read alike. */
    private static final long MIN_MICROS = micros("0001-01-01T00:00:00Z");

    private static final long MAX_MICROS = micros("9999-12-31T23:59:59Z");
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private final Types.NestedField field;
    private final Comparator<Object> order;
    private @Nullable Object min;
    private @Nullable Object max;

    ColumnEnds(Types.NestedField field) {
        this.field = field;
        this.order = Comparators.forType(field.type().asPrimitiveType());
    }

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    /** Whether a file's bounds of such a column are values of it. */
    static boolean areExact(Types.NestedField field) {
        return switch (field.type().typeId()) {
            case INTEGER, LONG, DATE, TIME, TIMESTAMP, DECIMAL -> true;
            default -> false;
        };
    }

    String column() {
        return field.name();
    }

    /** Takes a file in; false where its metadata does not tell enough of the column. */
    boolean add(DataFile file) {
        if (file.recordCount() == 0) {
            return true;
        }
        var nulls =
                file.nullValueCounts() == null ? null : file.nullValueCounts().get(field.fieldId());
        if (nulls != null && nulls == file.recordCount()) {
            return true;
        }
        var lower = bound(file.lowerBounds() == null ? null : file.lowerBounds().get(field.fieldId()));
        var upper = bound(file.upperBounds() == null ? null : file.upperBounds().get(field.fieldId()));
        if (lower.isEmpty() || upper.isEmpty()) {
            return false;
        }
        min = min == null || order.compare(lower.get(), min) < 0 ? lower.get() : min;
        max = max == null || order.compare(upper.get(), max) > 0 ? upper.get() : max;
        return true;
    }

    /** A bound from before the column was made wider is read where its bytes tell that: an int as a long. */
    private Optional<Object> bound(@Nullable ByteBuffer bytes) {
        var type = field.type();
        if (bytes == null || (is(Type.TypeID.TIMESTAMP) && bytes.remaining() != Long.BYTES)) {
            return Optional.empty();
        }
        return Optional.ofNullable(Conversions.<Object>fromByteBuffer(type, bytes));
    }

    private boolean is(Type.TypeID id) {
        return field.type().typeId() == id;
    }

    /** Whether both ends have a text that is read as the same value. */
    boolean isPrintable() {
        return isPrintable(min) && isPrintable(max);
    }

    private boolean isPrintable(@Nullable Object value) {
        return switch (value) {
            case Long micros when is(Type.TypeID.TIMESTAMP) -> MIN_MICROS <= micros && micros <= MAX_MICROS;
            case Integer days
            when is(Type.TypeID.DATE) -> MIN_MICROS / MICROS_OF_DAY <= days && days <= MAX_MICROS / MICROS_OF_DAY;
            case BigDecimal number -> number.scale() == ((Types.DecimalType) field.type()).scale();
            case null, default -> true;
        };
    }

    /** Empty where no row has a value. */
    Optional<TableSummary.Range> range() {
        return Optional.ofNullable(min)
                .flatMap(value -> DefaultValue.text(field.type(), value))
                .flatMap(least -> Optional.ofNullable(max)
                        .flatMap(value -> DefaultValue.text(field.type(), value))
                        .map(greatest -> new TableSummary.Range(least, greatest)));
    }
}
