package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What upkeep would do with the tables of a REST catalog. Which files nobody needs is for its server to say, which
 * alone knows all that use them. Thread-safe.
 */
final class RestKeeping implements Housekeeping {
    private final Path warehouse;
    private final TableKeeping keeping;

    RestKeeping(Path warehouse, TableKeeping keeping) {
        this.warehouse = warehouse;
        this.keeping = keeping;
    }

    @Override
    public Path warehouse() {
        return keeping.folder(warehouse);
    }

    @Override
    public OptionalLong length(LiveFile file) {
        return keeping.length(file);
    }

    @Override
    public List<FileGroup> compactable(TableVersion table, Choice choice) {
        return keeping.compactable(table, choice);
    }

    @Override
    public List<Dispensable> expirable(TableVersion table, SnapshotAge age) {
        return keeping.expirable(table, age);
    }

    @Override
    public List<Dispensable> scattered(TableVersion table) {
        return keeping.scattered(table);
    }

    @Override
    public void requireVectors(Path file) {
        keeping.requireVectors(file);
    }

    @Override
    public Sweep orphans(Optional<TableVersion> table, Instant olderThan) {
        throw refused("REMOVE ORPHAN FILES");
    }

    @Override
    public Sweep garbage(Instant olderThan) {
        throw refused("COLLECT GARBAGE");
    }

    @Override
    public Inspection inspect() {
        throw refused("A check of all files");
    }

    @Override
    public Inspection copyStore(Path folder) {
        throw refused("BACKUP");
    }

    @Override
    public void run(Sweep sweep) {
        throw refused("The deletion of files");
    }

    private static FailureException refused(String what) {
        return Failure.unsupported(what + " is not supported by this catalog: its server alone knows which files are"
                        + " needed, so do it there")
                .exception();
    }
}
