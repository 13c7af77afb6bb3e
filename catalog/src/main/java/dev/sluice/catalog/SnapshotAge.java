package dev.sluice.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which snapshots of a table are old.
 *
 * @param olderThan absent for the table's property {@code history.expire.max-snapshot-age-ms}, 5 days by default
 * @param retainLast how many stay, however old; absent for {@code history.expire.min-snapshots-to-keep}, 1 by default
 */
public record SnapshotAge(Optional<Instant> olderThan, OptionalInt retainLast) {}
