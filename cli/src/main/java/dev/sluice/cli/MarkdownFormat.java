package dev.sluice.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;

/** A table of GitHub's Markdown, numbers to the right. */
final class MarkdownFormat implements ResultFormat {
    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var fields = rows.schema().getFields();
        writer.write(
                fields.stream().map(field -> escape(field.getName())).collect(Collectors.joining(" | ", "| ", " |\n")));
        writer.write(fields.stream().map(MarkdownFormat::rule).collect(Collectors.joining(" | ", "| ", " |\n")));
        var count = 0L;
        while (rows.next()) {
            for (var i = 0; i < rows.batch().getRowCount(); i++) {
                var row = i;
                writer.write(rows.batch().getFieldVectors().stream()
                        .map(vector -> escape(CellText.of(CellReader.read(vector, row))))
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
            }
            count += rows.batch().getRowCount();
        }
        writer.flush();
        return count;
    }

    private static String rule(Field field) {
        return TypeName.isNumber(field) ? "--:" : "---";
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("\r\n", "<br>")
                .replace("\n", "<br>");
    }
}
