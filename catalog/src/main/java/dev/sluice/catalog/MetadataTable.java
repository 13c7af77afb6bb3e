package dev.sluice.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A table that Iceberg makes of another one's metadata; its columns are Iceberg's own. */
public enum MetadataTable {
    SNAPSHOTS,
    HISTORY,
    METADATA_LOG_ENTRIES,
    REFS,
    FILES,
    DATA_FILES,
    DELETE_FILES,
    ENTRIES,
    MANIFESTS,
    PARTITIONS,
    ALL_FILES,
    ALL_DATA_FILES,
    ALL_DELETE_FILES,
    ALL_ENTRIES,
    ALL_MANIFESTS;

    /** The one of this name, in any case. */
    public static Optional<MetadataTable> find(String name) {
        return Arrays.stream(values())
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As SQL writes it after the table's name and a dollar sign. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
