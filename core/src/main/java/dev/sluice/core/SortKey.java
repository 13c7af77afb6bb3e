package dev.sluice.core;

/** One key of a table's write order: what is compared, a column or a transform of one, and which values come first. */
public record SortKey(PartitionField term, Direction direction, Nulls nulls) {
    public enum Direction {
        ASC,
        DESC
    }

    public enum Nulls {
        FIRST,
        LAST
    }

    /** As SQL writes it. */
    @Override
    public String toString() {
        return term + " " + direction + " NULLS " + nulls;
    }
}
