package dev.sluice.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A commit as a log shows it.
 *
 * @param changed names of what it wrote or removed, in order
 */
public record LoggedCommit(
        String hash, Optional<String> author, Optional<Instant> committed, String message, List<String> changed) {
    public LoggedCommit {
        changed = List.copyOf(changed);
    }
}
