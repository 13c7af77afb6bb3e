package dev.sluice.cli;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as people read them: what SQL would take back as a literal, mostly. */
final class CellText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT);
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_TO = 1e17;

    private CellText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal decimal -> decimal.toPlainString();
            case Double number -> number(number, number.toString());
            case Float number -> number(number, number.toString());
            case byte[] bytes -> hex(bytes);
            case LocalTime time -> TIME.format(time);
            case LocalDateTime timestamp -> TIMESTAMP.format(timestamp);
            case OffsetDateTime timestamp -> TIMESTAMP.format(timestamp) + offset(timestamp.getOffset());
            case List<?> list -> list.stream().map(CellText::nested).collect(Collectors.joining(", ", "[", "]"));
            case CellReader.Entries map ->
                map.list().stream()
                        .map(entry -> nested(entry.key()) + "=" + nested(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Map<?, ?> struct ->
                struct.entrySet().stream()
                        .map(entry -> "'" + entry.getKey() + "': " + nested(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Object other -> other.toString();
        };
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String nested(@Nullable Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : of(value);
    }

    private static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00" : offset.toString();
    }

    /** Java goes over to exponents at ten million; people do not. */
    private static String number(double number, String shortest) {
        var magnitude = Math.abs(number);
        if (shortest.indexOf('E') < 0 || magnitude < PLAIN_FROM || magnitude >= PLAIN_TO) {
            return shortest;
        }
        var plain = new BigDecimal(shortest).toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
