package dev.sluice.catalog;

import dev.sluice.core.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What upkeep would do, and the deletion of files. Thread-safe. */
public interface Housekeeping {
    /** The folder of all tables' files; {@code UNSUPPORTED} where they are objects. */
    Path warehouse();

    /** A file's length in bytes; empty where it is not there. */
    OptionalLong length(LiveFile file);

    /**
     * Data files that it pays to write anew: small or huge ones, as many as Iceberg's bin-packing asks for, and all
     * that have deletes.
     */
    List<FileGroup> compactable(TableVersion table, Choice choice);

    /** Snapshots that are old enough to be expired. */
    List<Dispensable> expirable(TableVersion table, SnapshotAge age);

    /** Manifests that would be replaced by fewer; none where they are few already. */
    List<Dispensable> scattered(TableVersion table);

    /**
     * Files that no commit of a branch or tag needs, and that are older.
     *
     * @param table the one in whose folder to look; everywhere where absent
     */
    Sweep orphans(Optional<TableVersion> table, Instant olderThan);

    /** Orphans, and the files of commits that were no branch's or tag's head any more at {@code olderThan}. */
    Sweep garbage(Instant olderThan);

    /** Follows every branch and tag to all files that its history needs, as far back as it can be read. */
    Inspection inspect();

    /** Reads what a file of deletion vectors says of itself; throws where it is damaged. */
    void requireVectors(Path file);

    /**
     * Copies the catalog's own store, as it is at one moment, into a new folder.
     *
     * @return the files that the copy names
     */
    Inspection copyStore(Path folder);

    /** Deletes the files; the horizon is moved first. */
    void run(Sweep sweep);

    /**
     * Which files of a table are looked at.
     *
     * @param filter those that may hold such rows; all where absent
     */
    record Choice(Optional<Filter> filter, Extent extent) {}

    /** How many of them are taken. */
    enum Extent {
        /** What is worth it. */
        NEEDY,
        /** Every one, as a new order of rows needs. */
        ALL
    }
}
