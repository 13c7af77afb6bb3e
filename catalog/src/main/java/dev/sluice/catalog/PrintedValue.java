package dev.sluice.catalog;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Values as DuckDB prints them, read as Iceberg holds them: dates as days, times and timestamps as microseconds, all
 * from 1970. What is not plainly one finite value of the type (infinity, NaN, a year before Christ) is no value.
 */
final class PrintedValue {
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern(
            "uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S][XXX][X]", Locale.ROOT);

    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private PrintedValue() {}

    static Optional<Object> parse(Type type, String text) {
        try {
            return Optional.of(value(type, text)).filter(PrintedValue::isFinite);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Object value(Type type, String text) {
        return switch (type) {
            case Types.BooleanType _ -> bool(text);
            case Types.IntegerType _ -> Integer.valueOf(text);
            case Types.LongType _ -> Long.valueOf(text);
            case Types.FloatType _ -> Float.valueOf(text);
            case Types.DoubleType _ -> Double.valueOf(text);
            case Types.DecimalType decimal -> new BigDecimal(text).setScale(decimal.scale());
            case Types.DateType _ -> days(LocalDate.parse(unquoted(text)));
            case Types.TimeType _ -> micros(LocalTime.parse(unquoted(text)));
            case Types.TimestampType timestamp
            when timestamp.shouldAdjustToUTC() -> micros(OffsetDateTime.parse(unquoted(text), ZONED));
            case Types.TimestampType _ ->
                micros(LocalDateTime.parse(unquoted(text).replace(' ', 'T')));
            case Types.StringType _ -> text;
            case Types.UUIDType _ -> uuid(unquoted(text));
            case Types.BinaryType _ -> ByteBuffer.wrap(HexFormat.of().parseHex(text));
            case Types.FixedType fixed -> fixed(fixed.length(), HexFormat.of().parseHex(text));
            default -> throw new IllegalArgumentException("No value of " + type + " is printed");
        };
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("'") && text.endsWith("'")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    static int days(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    static long micros(LocalTime time) {
        return Math.floorDiv(time.toNanoOfDay(), 1_000L);
    }

    static long micros(LocalDateTime time) {
        return micros(time.atOffset(ZoneOffset.UTC));
    }

    static long micros(OffsetDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    /** The 36 characters of a UUID; Java itself would take fewer. */
    private static UUID uuid(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return id;
    }

    private static ByteBuffer fixed(int length, byte[] bytes) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("Expected " + length + " bytes, but there are " + bytes.length);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static boolean isFinite(Object value) {
        return switch (value) {
            case Float real -> Float.isFinite(real);
            case Double real -> Double.isFinite(real);
            default -> true;
        };
    }
}
