package dev.sluice.catalog;

import dev.sluice.core.Filter;
import dev.sluice.core.TableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The data files that a scan reads, and what it was spared.
 *
 * @param totalFiles files of the snapshot before pruning
 * @param totalBytes their bytes
 */
public record ScanFiles(List<TableFile> files, long totalFiles, long totalBytes) {
    public ScanFiles {
        files = List.copyOf(files);
    }

    /** All but some of the files. */
    public ScanFiles without(Set<Path> some) {
        return some.isEmpty()
                ? this
                : new ScanFiles(
                        files.stream()
                                .filter(file -> !some.contains(file.path()))
                                .toList(),
                        totalFiles,
                        totalBytes);
    }

    /** What a scan needs: rows that satisfy the filter, or all. Parameters in the filter have been bound. */
    public record Request(Optional<Filter> filter) {
        public static final Request ALL = new Request(Optional.empty());
    }
}
