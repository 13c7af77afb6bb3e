package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One JSON object for each row, a row to a line: as one array, or on their own. */
enum JsonFormat implements ResultFormat {
    ARRAY("[\n", ",\n", "\n]\n"),
    LINES("", "\n", "\n");

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final String before;
    private final String between;
    private final String after;

    JsonFormat(String before, String between, String after) {
        this.before = before;
        this.between = between;
        this.after = after;
    }

    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var count = 0L;
        out.write(before.getBytes(StandardCharsets.UTF_8));
        try (var json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(between));
            while (rows.next()) {
                for (var row = 0; row < rows.batch().getRowCount(); row++) {
                    writeRow(json, rows, row);
                }
                count += rows.batch().getRowCount();
            }
        }
        if (count > 0 || this == ARRAY) {
            out.write(after.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        return count;
    }

    private static void writeRow(JsonGenerator json, Rows rows, int row) throws IOException {
        json.writeStartObject();
        for (var vector : rows.batch().getFieldVectors()) {
            json.writeFieldName(vector.getName());
            CellJson.write(json, CellReader.read(vector, row));
        }
        json.writeEndObject();
    }
}
