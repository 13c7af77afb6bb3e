package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Numbers keep all their digits; times are ISO 8601 text, binary is hexadecimal text, and what JSON's
 * numbers lack (NaN and the infinities) is text too.
 */
final class CellJson {
    private CellJson() {}

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number.toPlainString());
            case Double number -> writeFloating(json, number, number.toString());
            case Float number -> writeFloating(json, number, number.toString());
            case LocalDateTime timestamp -> json.writeString(iso(timestamp));
            case OffsetDateTime timestamp -> json.writeString(iso(timestamp));
            case List<?> list -> writeList(json, list);
            case Map<?, ?> struct -> {
                json.writeStartObject();
                for (var field : struct.entrySet()) {
                    json.writeFieldName(String.valueOf(field.getKey()));
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case CellReader.Entries map -> {
                json.writeStartObject();
                for (var entry : map.list()) {
                    json.writeFieldName(CellText.of(entry.key()));
                    write(json, entry.value());
                }
                json.writeEndObject();
            }
            case Object other -> json.writeString(CellText.of(other));
        }
    }

    private static void writeList(JsonGenerator json, List<?> list) throws IOException {
        json.writeStartArray();
        for (var element : list) {
            write(json, element);
        }
        json.writeEndArray();
    }

    private static void writeFloating(JsonGenerator json, double number, String shortest) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(shortest);
        } else {
            json.writeString(shortest);
        }
    }

    static String iso(LocalDateTime timestamp) {
        return CellText.of(timestamp).replace(' ', 'T');
    }

    static String iso(OffsetDateTime timestamp) {
        return iso(timestamp.toLocalDateTime()) + timestamp.getOffset().getId();
    }
}
