package dev.sluice.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;

/** The lines of a table whose columns have their widths. */
final class TableBox {
    private static final String ELLIPSIS = "…";
    private static final String DOT = "·";
    private static final int BORDER = 3;

    private final List<Column> columns;

    private TableBox(List<Column> columns) {
        this.columns = columns;
    }

    /** A column as shown; {@code index} is below 0 for the one that stands for those left out. */
    private record Column(int index, String name, String type, int width, boolean right) {
        String cell(List<String> row) {
            return index < 0 ? ELLIPSIS : row.get(index);
        }
    }

    static TableBox fit(Schema schema, List<List<String>> rows, OptionalInt maxWidth) {
        var fields = schema.getFields();
        var wanted = new ArrayList<Column>();
        for (var i = 0; i < fields.size(); i++) {
            var index = i;
            var name = DisplayText.clean(fields.get(i).getName());
            var type = TypeName.of(fields.get(i));
            var widest = rows.stream()
                    .mapToInt(row -> DisplayText.widest(row.get(index)))
                    .max()
                    .orElse(0);
            var width = Math.max(widest, Math.max(DisplayText.width(name), DisplayText.width(type)));
            wanted.add(new Column(i, name, type, width, TypeName.isNumber(fields.get(i))));
        }
        return new TableBox(maxWidth.isPresent() ? squeeze(wanted, maxWidth.getAsInt()) : wanted);
    }

    /** Cuts the widest columns first; where that does not do, columns in the middle give way. */
    private static List<Column> squeeze(List<Column> wanted, int maxWidth) {
        var kept = ColumnWidths.fit(wanted.stream().map(Column::width).toList(), maxWidth);
        var columns = new ArrayList<Column>();
        for (var i = 0; i < kept.size(); i++) {
            var fromEnd = kept.size() - i;
            if (i == kept.gap()) {
                columns.add(new Column(-1, ELLIPSIS, ELLIPSIS, 1, false));
            } else {
                var column = i < kept.gap() ? wanted.get(i) : wanted.get(wanted.size() - fromEnd);
                columns.add(new Column(column.index, column.name, column.type, kept.width(i), column.right));
            }
        }
        return columns;
    }

    /** How long each line is. */
    int width() {
        return 1 + columns.stream().mapToInt(column -> column.width() + BORDER).sum();
    }

    /** How many lines the rows take. */
    static int lines(List<List<String>> rows) {
        return rows.stream().mapToInt(TableBox::linesOf).sum();
    }

    private static int linesOf(List<String> row) {
        return row.stream().mapToInt(DisplayText::lines).max().orElse(1);
    }

    void writeHead(Writer out) throws IOException {
        writeRule(out, "┌", "┬", "┐");
        writeLine(out, i -> columns.get(i).name());
        writeLine(out, i -> columns.get(i).type());
        writeRule(out, "├", "┼", "┤");
    }

    void writeRows(List<List<String>> rows, Writer out) throws IOException {
        for (var row : rows) {
            var lines = linesOf(row);
            for (var line = 0; line < lines; line++) {
                var number = line;
                writeLine(out, i -> DisplayText.line(columns.get(i).cell(row), number));
            }
        }
    }

    void writeGap(Writer out) throws IOException {
        for (var line = 0; line < 3; line++) {
            writeLine(out, _ -> DOT);
        }
    }

    void writeFoot(Writer out) throws IOException {
        writeRule(out, "└", "┴", "┘");
    }

    private void writeLine(Writer out, IntFunction<String> cell) throws IOException {
        out.write(IntStream.range(0, columns.size())
                .mapToObj(i -> DisplayText.pad(
                        DisplayText.clean(cell.apply(i)),
                        columns.get(i).width(),
                        columns.get(i).right()))
                .collect(Collectors.joining(" │ ", "│ ", " │\n")));
    }

    private void writeRule(Writer out, String left, String middle, String right) throws IOException {
        out.write(columns.stream()
                .map(column -> "─".repeat(column.width() + 2))
                .collect(Collectors.joining(middle, left, right + "\n")));
    }
}
