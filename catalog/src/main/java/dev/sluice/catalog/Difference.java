package dev.sluice.catalog;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that two commits do not have alike.
 *
 * @param name a schema's, or a schema and what it holds
 * @param files what became of a table's files
 */
public record Difference(String name, Kind kind, Sort change, Optional<Files> files) {
    /** What a name stands for. */
    public enum Kind {
        SCHEMA,
        TABLE,
        VIEW,
        FUNCTION,
        OTHER
    }

    /** How the second commit differs from the first. */
    public enum Sort {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * How many files one commit has and the other has not. A file that was written anew counts on both sides, with all
     * of its rows.
     *
     * @param added data and delete files that the second commit alone has
     * @param removed those that the first alone has
     * @param rowsAdded rows in them; absent where delete files make that unknown
     * @param rowsRemoved likewise
     */
    public record Files(long added, long removed, OptionalLong rowsAdded, OptionalLong rowsRemoved) {}
}
