package dev.sluice.catalog;

import dev.sluice.core.Filter;
import java.util.List;
import java.util.Optional;

/**
 * What was read before something is committed.
 *
 * @param since the commit from which it was read
 */
public record ReadSet(Commit since, List<Read> reads) {
    public ReadSet {
        reads = List.copyOf(reads);
    }

    /**
     * Rows of a table.
     *
     * @param filter what they satisfy, in the names of the table's schema then; absent for all rows
     */
    public record Read(TableVersion table, Optional<Filter> filter) {}

    /** Nothing that matters. */
    public static ReadSet none(Commit since) {
        return new ReadSet(since, List.of());
    }
}
