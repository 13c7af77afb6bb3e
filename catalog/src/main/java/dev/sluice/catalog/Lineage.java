package dev.sluice.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The snapshots by which one side of a merge has gone on since both sides parted. A snapshot that a merge replays on
 * another branch has a new id there; its summary tells its origin, by which it is known when the branches meet again.
 */
final class Lineage {
    private Lineage() {}

    /** The snapshot that this one is, or that it is a replay of. */
    static long origin(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        var source = summary == null ? null : summary.get(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
        return source == null ? snapshot.snapshotId() : Long.parseLong(source);
    }

    /** What {@code side} has that {@code base} lacks, the oldest first; empty if it is not {@code base} gone on. */
    static Optional<List<Snapshot>> since(TableMetadata base, TableMetadata side) {
        var known = chain(base);
        var knownIds = known.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
        var newer = new ArrayList<Snapshot>();
        var common = Optional.<Long>empty();
        for (var snapshot : chain(side)) {
            if (knownIds.contains(snapshot.snapshotId())) {
                common = Optional.of(snapshot.snapshotId());
                break;
            }
            newer.addFirst(snapshot);
        }
        if (common.isEmpty() && !newer.isEmpty()) { // what both sides had may have expired, and its name be left
            common = Optional.ofNullable(newer.getFirst().parentId()).filter(knownIds::contains);
        }
        if (common.isEmpty() && !known.isEmpty()) {
            return Optional.empty();
        }
        var replayed = new HashSet<Long>();
        for (var snapshot : known) {
            if (common.filter(id -> id == snapshot.snapshotId()).isPresent()) {
                break;
            }
            replayed.add(origin(snapshot));
        }
        var origins = newer.stream().map(Lineage::origin).collect(Collectors.toSet());
        return origins.containsAll(replayed)
                ? Optional.of(newer.stream()
                        .filter(snapshot -> !replayed.contains(origin(snapshot)))
                        .toList())
                : Optional.empty();
    }

    /** Whether older snapshots of the side have expired, so that it cannot be told step by step how it went on. */
    static boolean isCut(TableMetadata side) {
        var chain = chain(side);
        return !chain.isEmpty() && chain.getLast().parentId() != null;
    }

    /** The newest first. */
    private static List<Snapshot> chain(TableMetadata table) {
        var current = table.currentSnapshot();
        return current == null
                ? List.of()
                : StreamSupport.stream(
                                SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot)
                                        .spliterator(),
                                false)
                        .toList();
    }
}
