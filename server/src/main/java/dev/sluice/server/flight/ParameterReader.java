package dev.sluice.server.flight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/** The values of parameters that a client sends as batches, one row for each run of the statement. */
final class ParameterReader {
    private ParameterReader() {}

    static List<List<@Nullable Object>> read(FlightStream stream) {
        var rows = new ArrayList<List<@Nullable Object>>();
        while (stream.next()) {
            var root = stream.getRoot();
            for (var row = 0; row < root.getRowCount(); row++) {
                var values = new ArrayList<@Nullable Object>();
                for (var vector : root.getFieldVectors()) {
                    values.add(value(vector, row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static @Nullable Object value(FieldVector vector, int row) {
        var value = vector.getObject(row);
        return switch (vector.getField().getType()) {
            case ArrowType.Date date
            when value instanceof Number || value instanceof LocalDateTime ->
                value instanceof LocalDateTime time
                        ? time.toLocalDate()
                        : LocalDate.ofEpochDay(((Number) value).longValue());
            case ArrowType.Time time
            when value instanceof Number number -> LocalTime.ofNanoOfDay(number.longValue() * nanos(time.getUnit()));
            case ArrowType.Time _ when value instanceof LocalDateTime time -> time.toLocalTime();
            case ArrowType.Timestamp stamp when value instanceof Number number -> zoned(number.longValue(), stamp);
            default -> value instanceof Text text ? text.toString() : value;
        };
    }

    private static OffsetDateTime zoned(long count, ArrowType.Timestamp type) {
        var nanos = nanos(type.getUnit());
        var perSecond = 1_000_000_000L / nanos;
        var instant = Instant.ofEpochSecond(Math.floorDiv(count, perSecond), Math.floorMod(count, perSecond) * nanos);
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000L;
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
        };
    }
}
