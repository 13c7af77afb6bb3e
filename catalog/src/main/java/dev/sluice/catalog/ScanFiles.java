package dev.sluice.catalog;

import dev.sluice.core.Filter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data files that a scan reads, and what it was spared.
 *
 * @param totalFiles files of the snapshot before pruning
 * @param totalBytes their bytes
 */
public record ScanFiles(List<File> files, long totalFiles, long totalBytes) {
    public ScanFiles {
        files = List.copyOf(files);
    }

    /** One data file: where it lies, and what its manifest says of it. */
    public record File(Path path, long rows, long bytes) {}

    /** What a scan needs: rows that satisfy the filter, or all. Parameters in the filter have been bound. */
    public record Request(Optional<Filter> filter) {
        public static final Request ALL = new Request(Optional.empty());
    }
}
