package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A box with a column for each column. The first rows decide how wide the columns are; later rows stream into that
 * shape, or are left out around a gap in the middle.
 *
 * @param maxWidth how many characters a line may have
 * @param maxRows how many rows to show, half of them from the end
 */
record TableFormat(OptionalInt maxWidth, OptionalInt maxRows) implements ResultFormat {
    static final int DEFAULT_ROWS = 40;
    static final int ROWS_THAT_DECIDE = 1_000;

    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var cursor = new RowCursor(rows);
        return write(cursor, cursor.take(maxRows.orElse(ROWS_THAT_DECIDE)), out);
    }

    /** Writes rows that were taken already, then the cursor's others; {@code maxRows} must not have been passed. */
    long write(RowCursor cursor, List<List<String>> first, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        if (maxRows.isPresent()) {
            writeWithGap(cursor, first, writer);
        } else {
            var box = TableBox.fit(cursor.schema(), first, maxWidth);
            box.writeHead(writer);
            box.writeRows(first, writer);
            while (cursor.next()) {
                box.writeRows(List.of(cursor.cells()), writer);
            }
            box.writeFoot(writer);
        }
        writer.flush();
        return cursor.count();
    }

    private void writeWithGap(RowCursor cursor, List<List<String>> first, Writer writer) throws IOException {
        var shown = first.size();
        var last = new ArrayDeque<List<String>>(first.subList(shown / 2, shown));
        var gap = false;
        while (cursor.next()) {
            gap = true;
            last.add(cursor.cells());
            last.remove();
        }
        var head = first.subList(0, shown / 2);
        var all = new ArrayList<>(head);
        all.addAll(last);
        var box = TableBox.fit(cursor.schema(), all, maxWidth);
        box.writeHead(writer);
        box.writeRows(head, writer);
        if (gap) {
            box.writeGap(writer);
        }
        box.writeRows(List.copyOf(last), writer);
        box.writeFoot(writer);
    }
}
