package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A column's default value between its text, as of {@code FieldDefaults}, and Iceberg's literal. */
final class DefaultValue {
    private static final int DATE_LENGTH = 10;
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d(:?\\d\\d)?)$");
    private static final DateTimeFormatter LOCAL = utc("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter LOCAL_NANOS = utc("uuuu-MM-dd HH:mm:ss.SSSSSSSSS");
    private static final HexFormat BYTES = HexFormat.of().withPrefix("\\x").withUpperCase();

    private DefaultValue() {}

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Fails for a text that is no value of the type. */
    static Literal<?> literal(String column, Type type, String text) {
        if (!type.isPrimitiveType()) {
            throw invalid(column, type, text);
        }
        return PrintedValue.parse(type, printed(type, text.strip()))
                .<Literal<?>>map(value -> literal(value).to(type))
                .orElseThrow(() -> invalid(column, type, text));
    }

    private static FailureException invalid(String column, Type type, String text) {
        return CatalogFailures.invalid(
                Code.TYPE_MISMATCH,
                "'" + text + "' is no default for column '" + column + "' of type " + SqlTypes.name(type));
    }

    /** The text as DuckDB would print the value. */
    private static String printed(Type type, String text) {
        return switch (type) {
            case Types.BooleanType _ -> text.toLowerCase(Locale.ROOT);
            case Types.TimestampType timestamp -> {
                var whole = text.length() == DATE_LENGTH ? text + " 00:00:00" : text.replace('T', ' ');
                var zoned = OFFSET.matcher(whole.substring(Math.min(DATE_LENGTH, whole.length())))
                        .find();
                yield timestamp.shouldAdjustToUTC() && !zoned ? whole + "+00:00" : whole;
            }
            case Types.BinaryType _, Types.FixedType _ -> text.replace("\\x", "");
            default -> text;
        };
    }

    private static Literal<?> literal(Object value) {
        return switch (value) {
            case Boolean truth -> Literal.of(truth);
            case Integer number -> Literal.of(number);
            case Long number -> Literal.of(number);
            case Float number -> Literal.of(number);
            case Double number -> Literal.of(number);
            case BigDecimal number -> Literal.of(number);
            case String text -> Literal.of(text);
            case UUID id -> Literal.of(id);
            case ByteBuffer bytes -> Literal.of(bytes);
            default -> throw new IllegalArgumentException("No literal for " + value.getClass());
        };
    }

    /** The value that a field holds as its default, as text; empty for what has no text. */
    static Optional<String> text(Type type, Object value) {
        return switch (type) {
            case Types.DateType _ ->
                Optional.of(LocalDate.ofEpochDay((Integer) value).toString());
            case Types.TimeType _ ->
                Optional.of(LocalTime.ofNanoOfDay(
                                (Long) value * ChronoUnit.MICROS.getDuration().toNanos())
                        .toString());
            case Types.TimestampType timestamp -> {
                var local = LOCAL.format(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS));
                yield Optional.of(timestamp.shouldAdjustToUTC() ? local + "+00:00" : local);
            }
            case Types.TimestampNanoType timestamp -> {
                var local = LOCAL_NANOS.format(Instant.EPOCH.plus((Long) value, ChronoUnit.NANOS));
                yield Optional.of(timestamp.shouldAdjustToUTC() ? local + "+00:00" : local);
            }
            case Types.BinaryType _, Types.FixedType _ -> Optional.of(bytes((ByteBuffer) value));
            case Types.DecimalType _ -> Optional.of(((BigDecimal) value).toPlainString());
            default -> Optional.of(value.toString()).filter(_ -> type.isPrimitiveType());
        };
    }

    private static String bytes(ByteBuffer value) {
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return BYTES.formatHex(bytes);
    }
}
