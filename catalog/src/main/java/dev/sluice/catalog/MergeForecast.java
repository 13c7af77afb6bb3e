package dev.sluice.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What a merge would do if it were made now.
 *
 * @param changes what it would bring, by name
 */
public record MergeForecast(List<Foreseen> changes) {
    public MergeForecast {
        changes = List.copyOf(changes);
    }

    /**
     * One thing that the merge would bring.
     *
     * @param conflict why it cannot, with the commits of both sides
     */
    public record Foreseen(Difference change, Optional<String> conflict) {}

    /** Whether the merge would be made: it brings all or nothing. */
    public boolean succeeds() {
        return changes.stream().allMatch(foreseen -> foreseen.conflict().isEmpty());
    }
}
