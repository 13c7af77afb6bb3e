package dev.sluice.engine;

/**
 * Rows of a table's files that are to lie in other files.
 *
 * @param table the files that are read
 * @param target where they go; its layout says how long a file is to be
 */
public record Rearrangement(Source table, RowOrder order, WriteTarget target, Spread spread) {
    /** Where the rows belong. */
    public enum Spread {
        /** All into one partition of the target, which may have no others. */
        ONE_PARTITION,
        ANY
    }
}
