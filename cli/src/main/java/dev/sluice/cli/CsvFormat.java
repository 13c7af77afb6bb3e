package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header. NULL is nothing, the empty string is {@code ""}, and nested values are JSON. */
final class CsvFormat implements ResultFormat {
    private static final String LINE_END = "\r\n";
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var separator = "";
        for (var field : rows.schema().getFields()) {
            writer.write(separator);
            writeQuoted(writer, field.getName());
            separator = ",";
        }
        writer.write(LINE_END);
        var count = 0L;
        while (rows.next()) {
            for (var row = 0; row < rows.batch().getRowCount(); row++) {
                writeRow(writer, rows, row);
            }
            count += rows.batch().getRowCount();
        }
        writer.flush();
        return count;
    }

    private static void writeRow(Writer writer, Rows rows, int row) throws IOException {
        var separator = "";
        for (var vector : rows.batch().getFieldVectors()) {
            writer.write(separator);
            var value = CellReader.read(vector, row);
            if (value != null) {
                writeQuoted(writer, text(value));
            }
            separator = ",";
        }
        writer.write(LINE_END);
    }

    private static String text(Object value) throws IOException {
        return switch (value) {
            case LocalDateTime timestamp -> CellJson.iso(timestamp);
            case OffsetDateTime timestamp -> CellJson.iso(timestamp);
            case List<?> list -> json(list);
            case Map<?, ?> struct -> json(struct);
            case CellReader.Entries map -> json(map);
            case Object other -> CellText.of(other);
        };
    }

    private static String json(@Nullable Object value) throws IOException {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            CellJson.write(json, value);
        }
        return text.toString();
    }

    private static void writeQuoted(Writer writer, String text) throws IOException {
        if (text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            writer.write('"' + text.replace("\"", "\"\"") + '"');
        } else {
            writer.write(text);
        }
    }
}
