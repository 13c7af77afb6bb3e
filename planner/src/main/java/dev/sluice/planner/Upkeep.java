package dev.sluice.planner;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Work that keeps a lake quick and small, and changes no row that a query sees. */
public sealed interface Upkeep {
    /**
     * Rewrites a table's data files, so that there are fewer and better ones.
     *
     * @param chosen a query of the table whose filter chooses the files; all that need it where absent
     */
    record Optimize(TableRef table, Optional<Statement.Query> chosen, Layout layout) implements Upkeep {}

    /**
     * Takes old snapshots out of a table's metadata.
     *
     * @param olderThan absent for the table's own age
     * @param retainLast how many snapshots stay, however old; absent for the table's own number
     */
    record ExpireSnapshots(TableRef table, Optional<Instant> olderThan, OptionalInt retainLast) implements Upkeep {}

    /** Rewrites a table's manifests, so that each lists files of one place. */
    record RewriteManifests(TableRef table) implements Upkeep {}

    /** Deletes files that no commit names; of one table's folder, or of all. */
    record RemoveOrphanFiles(Optional<TableRef> table, CutOff cutOff) implements Upkeep {}

    /** Deletes files that only commits from before the cut-off name, and the orphans among them. */
    record CollectGarbage(CutOff cutOff) implements Upkeep {}

    /** Copies the lake into a folder of the server's disk. */
    record Backup(String target) implements Upkeep {}

    /**
     * What is younger stays.
     *
     * @param olderThan absent for the safe default
     * @param forced whether it may be closer than is safe
     */
    record CutOff(Optional<Instant> olderThan, boolean forced) {}

    /** In which order rewritten rows lie. */
    sealed interface Layout {}

    /** As they lay. */
    record Kept() implements Layout {}

    /** By columns, the first one first. */
    record Sorted(List<SortKey> keys) implements Layout {
        public Sorted {
            keys = List.copyOf(keys);
        }
    }

    record SortKey(String column, boolean descending) {}

    /** Along a curve that keeps rows together which are near in all of the columns. */
    record ZOrdered(List<String> columns) implements Layout {
        public ZOrdered {
            columns = List.copyOf(columns);
        }
    }
}
