package dev.sluice.catalog;

import dev.sluice.core.Filter;
import java.util.List;
import java.util.Optional;

/** What upkeep would do: nothing is changed by these calls. Thread-safe. */
public interface Housekeeping {
    /**
     * Data files that it pays to write anew: small or huge ones, as many as Iceberg's bin-packing asks for, and all
     * that have deletes.
     */
    List<FileGroup> compactable(TableVersion table, Choice choice);

    /** Snapshots that are old enough to be expired. */
    List<Dispensable> expirable(TableVersion table, SnapshotAge age);

    /** Manifests that would be replaced by fewer; none where they are few already. */
    List<Dispensable> scattered(TableVersion table);

    /**
     * Which files of a table are looked at.
     *
     * @param filter those that may hold such rows; all where absent
     */
    record Choice(Optional<Filter> filter, Extent extent) {}

    /** How many of them are taken. */
    enum Extent {
        /** What is worth it. */
        NEEDY,
        /** Every one, as a new order of rows needs. */
        ALL
    }
}
