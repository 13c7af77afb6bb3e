package dev.sluice.cli;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * Reads Arrow values as Java's: {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Float}, {@code Double},
 * {@code BigDecimal}, {@code String}, {@code byte[]}, the classes of {@code java.time}, {@code List} for lists,
 * {@code Map} with {@code String} keys for structs and {@link Entries} for maps.
 */
final class CellReader {
    private CellReader() {}

    /** A map, whose keys may be anything. */
    record Entries(List<Entry> list) {}

    /** One entry of a map. */
    record Entry(@Nullable Object key, @Nullable Object value) {}

    static @Nullable Object read(ValueVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case BitVector bits -> bits.get(row) != 0;
            case UInt1Vector small -> (long) (small.get(row) & 0xFF);
            case UInt2Vector small -> (long) small.get(row);
            case UInt4Vector small -> small.get(row) & 0xFFFF_FFFFL;
            case UInt8Vector large -> new BigInteger(Long.toUnsignedString(large.get(row)));
            case BaseIntVector whole -> whole.getValueAsLong(row);
            case DateDayVector days -> LocalDate.ofEpochDay(days.get(row));
            case DateMilliVector millis -> LocalDate.ofEpochDay(Math.floorDiv(millis.get(row), 86_400_000L));
            case TimeSecVector time -> LocalTime.ofSecondOfDay(time.get(row));
            case TimeMilliVector time -> LocalTime.ofNanoOfDay(time.get(row) * 1_000_000L);
            case TimeMicroVector time -> LocalTime.ofNanoOfDay(time.get(row) * 1_000L);
            case TimeNanoVector time -> LocalTime.ofNanoOfDay(time.get(row));
            case TimeStampVector timestamp -> timestamp(timestamp, row);
            case DurationVector duration -> duration.getObject(row);
            case MapVector map -> entries(map, row);
            case ListVector list ->
                list(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
            case FixedSizeListVector list ->
                list(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
            case StructVector struct -> struct(struct, row);
            default -> other(vector, row);
        };
    }

    private static Object timestamp(TimeStampVector vector, int row) {
        var type = (ArrowType.Timestamp) vector.getField().getType();
        var value = vector.get(row);
        var instant = switch (type.getUnit()) {
            case SECOND -> Instant.ofEpochSecond(value);
            case MILLISECOND -> Instant.ofEpochMilli(value);
            case MICROSECOND -> instant(value, 1_000_000);
            case NANOSECOND -> instant(value, 1_000_000_000);
        };
        return type.getTimezone() == null
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : OffsetDateTime.ofInstant(instant, ZoneId.of(type.getTimezone()));
    }

    private static Instant instant(long value, int perSecond) {
        var nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), nanos);
    }

    private static List<@Nullable Object> list(FieldVector elements, int start, int end) {
        var list = new ArrayList<@Nullable Object>(end - start);
        for (var i = start; i < end; i++) {
            list.add(read(elements, i));
        }
        return list;
    }

    private static Entries entries(MapVector map, int row) {
        var pairs = (StructVector) map.getDataVector();
        var keys = pairs.getChildByOrdinal(0);
        var values = pairs.getChildByOrdinal(1);
        var entries = new ArrayList<Entry>();
        for (var i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            entries.add(new Entry(read(keys, i), read(values, i)));
        }
        return new Entries(entries);
    }

    private static Map<String, @Nullable Object> struct(StructVector vector, int row) {
        var struct = new LinkedHashMap<String, @Nullable Object>();
        for (var child : vector.getChildrenFromFields()) {
            struct.put(child.getName(), read(child, row));
        }
        return struct;
    }

    /** Floats, decimals, text and binary are as Arrow reads them; intervals have a readable text. */
    private static Object other(ValueVector vector, int row) {
        return switch (vector.getObject(row)) {
            case Text text -> text.toString();
            case Number number -> number;
            case byte[] bytes -> bytes;
            case Duration duration -> duration;
            case Object other -> other.toString();
        };
    }
}
