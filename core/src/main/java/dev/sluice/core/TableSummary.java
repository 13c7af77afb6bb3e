package dev.sluice.core;

import java.util.Map;
import java.util.Optional;

/**
 * What a table's metadata tells exactly of all its rows together.
 *
 * @param rows how many there are
 * @param ranges by column, the least and the greatest value; empty where no row has one
 */
public record TableSummary(long rows, Map<String, Optional<Range>> ranges) {
    public TableSummary {
        ranges = Map.copyOf(ranges);
    }

    /** Two values as texts that SQL casts to their column's type. */
    public record Range(String min, String max) {}
}
