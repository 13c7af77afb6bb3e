package dev.sluice.cli;

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

    /** How many rows were walked over. */
    long count() {
        return count;
    }
}
