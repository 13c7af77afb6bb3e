package dev.sluice.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A filter's value as Iceberg compares it with a column. Only where DuckDB compares the very same two values: where it
 * would round either, or read a text by the session's settings, there is none.
 */
final class ColumnLiteral {
    private static final int NANOS_IN_MICRO = 1_000;

    private ColumnLiteral() {}

    static Optional<Object> of(Type type, Object value) {
        return switch (type) {
            case Types.BooleanType _ -> Optional.of(value).filter(Boolean.class::isInstance);
            case Types.IntegerType _, Types.LongType _ -> whole(value);
            case Types.FloatType _ ->
                real(value).filter(real -> real.floatValue() == real).map(Double::floatValue);
            case Types.DoubleType _ -> real(value).map(real -> real);
            case Types.DecimalType decimal -> decimal(decimal, value);
            case Types.StringType _ -> Optional.of(value).filter(String.class::isInstance);
            case Types.DateType _ -> date(value);
            case Types.TimeType _ ->
                value instanceof LocalTime time && isMicros(time)
                        ? Optional.of(PrintedValue.micros(time))
                        : Optional.empty();
            case Types.TimestampType timestamp
            when timestamp.shouldAdjustToUTC() ->
                value instanceof OffsetDateTime time && isMicros(time)
                        ? Optional.of(PrintedValue.micros(time))
                        : Optional.empty();
            case Types.TimestampType timestamp -> timestamp(timestamp, value);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> whole(Object value) {
        return switch (value) {
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case BigDecimal number -> exactLong(number);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> exactLong(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Double> real(Object value) {
        var real = switch (value) {
            case Integer number -> number.doubleValue();
            case Long number -> exactly(BigDecimal.valueOf(number));
            case Float number -> number.doubleValue();
            case Double number -> number;
            case BigDecimal number -> exactly(number);
            default -> Double.NaN;
        };
        return Optional.of(real).filter(Double::isFinite);
    }

    private static double exactly(BigDecimal number) {
        var real = number.doubleValue();
        return Double.isFinite(real) && new BigDecimal(real).compareTo(number) == 0 ? real : Double.NaN;
    }

    private static Optional<Object> decimal(Types.DecimalType type, Object value) {
        return switch (value) {
            case Integer number -> scaled(type, BigDecimal.valueOf(number));
            case Long number -> scaled(type, BigDecimal.valueOf(number));
            case BigDecimal number -> scaled(type, number);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> scaled(Types.DecimalType type, BigDecimal number) {
        try {
            return Optional.of(number.setScale(type.scale()));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Object> date(Object value) {
        return switch (value) {
            case LocalDate date -> Optional.of(PrintedValue.days(date));
            case LocalDateTime time
            when time.toLocalTime().equals(LocalTime.MIDNIGHT) -> Optional.of(PrintedValue.days(time.toLocalDate()));
            case String text -> PrintedValue.parse(Types.DateType.get(), text);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> timestamp(Types.TimestampType type, Object value) {
        return switch (value) {
            case LocalDateTime time when isMicros(time) -> Optional.of(PrintedValue.micros(time));
            case LocalDate date -> Optional.of(PrintedValue.micros(date.atStartOfDay()));
            case String text -> PrintedValue.parse(type, text);
            default -> Optional.empty();
        };
    }

    private static boolean isMicros(TemporalAccessor time) {
        return time.get(ChronoField.NANO_OF_SECOND) % NANOS_IN_MICRO == 0;
    }
}
