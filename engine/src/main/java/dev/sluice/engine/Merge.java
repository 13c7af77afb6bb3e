package dev.sluice.engine;

import java.util.List;

/**
 * What a MERGE does to a table's rows.
 *
 * @param matches gives a row's file and its number there, nulls for a new row, and then a struct: null where nothing
 *     becomes of the row, else the text UPDATE, DELETE or INSERT and the value of each of {@code columns}
 * @param twice what a row may come to that is given twice
 */
public record Merge(EngineQuery matches, List<String> columns, Twice twice) {
    public Merge {
        columns = List.copyOf(columns);
    }

    /** What becomes of a row of the table that is given more than once. */
    public enum Twice {
        /** The statement fails by {@code CARDINALITY_VIOLATION}. */
        FAIL,
        /** It is deleted, as each time. */
        DELETE
    }
}
