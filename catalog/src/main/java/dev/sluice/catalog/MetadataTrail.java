package dev.sluice.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * The metadata files of one table along a history. Each of them lists all snapshots that the table had, so that to read
 * all files takes the square of their number; this one reads as few as prove that no other lists more.
 *
 * <p>A file between an older and a newer one tells of no further snapshot when
 *
 * <ul>
 *   <li>the newer one's log names the older one and then this file: it is a state on the way from one to the other;
 *   <li>the newer one has all snapshots of the older one, and those that came are as many as sequence numbers were
 *       given out: none came and went on the way.
 * </ul>
 *
 * Where that is not so, the file in the middle is read, and each half is looked at in the same way. A log has a hundred
 * names, unless a property says otherwise, so that of each hundred files one or two are read. Format version 1 numbers
 * no snapshots, and has all of its files read.
 */
final class MetadataTrail {
    private final List<String> locations;
    private final Function<String, Optional<TableMetadata>> reader;
    private final List<String> others = new ArrayList<>();

    /**
     * @param locations newest first, each once
     * @param reader reads a file whole, and takes in what it names; empty where it cannot be read
     */
    MetadataTrail(List<String> locations, Function<String, Optional<TableMetadata>> reader) {
        this.locations = List.copyOf(locations);
        this.reader = reader;
    }

    /** Has files read, and gives the others. */
    List<String> follow() {
        var newest = read(0);
        var last = locations.size() - 1;
        if (last > 0) {
            between(0, newest, last, read(last));
        }
        return others;
    }

    private Optional<TableMetadata> read(int index) {
        return reader.apply(locations.get(index));
    }

    private void between(int newer, Optional<TableMetadata> after, int older, Optional<TableMetadata> before) {
        if (older - newer < 2) {
            return;
        }
        if (before.isPresent() && after.isPresent() && tellsAll(newer, after.get(), older, before.get())) {
            others.addAll(locations.subList(newer + 1, older));
            return;
        }
        var middle = (newer + older) / 2;
        var within = read(middle);
        between(newer, after, middle, within);
        between(middle, within, older, before);
    }

    private boolean tellsAll(int newer, TableMetadata after, int older, TableMetadata before) {
        if (before.formatVersion() == 1 || !isOnTheWay(after, locations.subList(newer + 1, older + 1))) {
            return false;
        }
        var kept = ids(after);
        var had = ids(before);
        return kept.containsAll(had)
                && kept.size() - had.size() == after.lastSequenceNumber() - before.lastSequenceNumber();
    }

    /** Whether the log has these, given newest first, in the order of time. */
    private static boolean isOnTheWay(TableMetadata after, List<String> files) {
        var wanted = new HashSet<>(files);
        return after.previousFiles().stream()
                .map(TableMetadata.MetadataLogEntry::file)
                .filter(wanted::contains)
                .toList()
                .equals(files.reversed());
    }

    private static Set<Long> ids(TableMetadata table) {
        return table.snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
    }
}
