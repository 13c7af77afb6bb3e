package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import org.jline.terminal.Size;

/**
 * A table as it is where the screen has room for it, else in a pager, at its full width and length.
 *
 * @param beforePaging runs before another program takes over the screen
 */
record PagedTable(Size screen, Runnable beforePaging) implements ResultFormat {
    private static final int LINES_BESIDE_ROWS = 7;
    private static final TableFormat FULL = new TableFormat(OptionalInt.empty(), OptionalInt.empty());

    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var cursor = new RowCursor(rows);
        var first = cursor.take(TableFormat.ROWS_THAT_DECIDE);
        if (fits(cursor, first)) {
            return FULL.write(cursor, first, out);
        }
        beforePaging.run();
        try (var pager = Pager.open()) {
            return FULL.write(cursor, first, pager.input());
        } catch (IOException _) {
            // the user left before the end, which cancels the rest
            return cursor.count();
        }
    }

    private boolean fits(RowCursor cursor, List<List<String>> first) {
        var box = TableBox.fit(cursor.schema(), first, OptionalInt.empty());
        return first.size() < TableFormat.ROWS_THAT_DECIDE
                && TableBox.lines(first) + LINES_BESIDE_ROWS <= screen.getRows()
                && box.width() <= screen.getColumns();
    }
}
