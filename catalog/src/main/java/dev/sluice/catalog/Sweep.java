package dev.sluice.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files to delete.
 *
 * @param horizon what is older can no longer be read afterwards; absent where no commit loses a file
 */
public record Sweep(List<Dispensable> files, Optional<Instant> horizon) {
    public Sweep {
        files = List.copyOf(files);
    }
}
