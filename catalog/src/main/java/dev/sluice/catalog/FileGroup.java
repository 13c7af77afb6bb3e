package dev.sluice.catalog;

import java.nio.file.Path;
import java.util.Set;

/**
 * Data files to be written anew together.
 *
 * @param bytes what they take together
 */
public record FileGroup(Set<Path> files, Spread spread, long bytes, String reason) {
    public FileGroup {
        files = Set.copyOf(files);
    }

    /** Where their rows belong. */
    public enum Spread {
        /** Into one partition. */
        ONE_PARTITION,
        /** Into any, since the files were written when the table was partitioned otherwise. */
        ANY
    }
}
