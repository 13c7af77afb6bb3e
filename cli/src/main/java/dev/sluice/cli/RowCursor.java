package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Walks a result row by row. Formatting a row is left until it is asked for. */
final class RowCursor {
    private final Rows rows;
    private int row;
    private int rowsInBatch;
    private long count;

    RowCursor(Rows rows) {
        this.rows = rows;
    }

    Schema schema() {
        return rows.schema();
    }

    boolean next() {
        row++;
        while (row >= rowsInBatch) {
            if (!rows.next()) {
                return false;
            }
            rowsInBatch = rows.batch().getRowCount();
            row = 0;
        }
        count++;
        return true;
    }

    /** The row at hand as text. */
    List<String> cells() {
        return rows.batch().getFieldVectors().stream()
                .map(vector -> CellText.of(CellReader.read(vector, row)))
                .toList();
    }

    /** The next rows as text, at most {@code max} of them. */
    List<List<String>> take(int max) {
        var taken = new ArrayList<List<String>>();
        while (taken.size() < max && next()) {
            taken.add(cells());
        }
        return taken;
    }

    /** How many rows were walked over. */
    long count() {
        return count;
    }
}
