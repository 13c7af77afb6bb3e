package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.exceptions.NotFoundException;

/** Tells what upkeep would do with the tables of a warehouse. Thread-safe. */
final class WarehouseKeeping implements Housekeeping {
    private final Repository repository;
    private final Warehouse warehouse;
    private final WarehouseIO io;
    private final ExecutorService executor;
    private final TableKeeping keeping;

    WarehouseKeeping(
            Repository repository,
            TableKeeping keeping,
            WarehouseIO io,
            Warehouse warehouse,
            ExecutorService executor) {
        this.repository = repository;
        this.warehouse = warehouse;
        this.io = io;
        this.keeping = keeping;
        this.executor = executor;
    }

    @Override
    public Path warehouse() {
        return keeping.folder(warehouse.root());
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
    public Sweep orphans(Optional<TableVersion> table, Instant olderThan) {
        var since = warehouse.horizon().time();
        return new Sweep(unreachable(table, since, olderThan), Optional.empty());
    }

    @Override
    public Sweep garbage(Instant olderThan) {
        return new Sweep(unreachable(Optional.empty(), olderThan, olderThan), Optional.of(olderThan));
    }

    /**
     * Files that no commit since {@code since} needs, and that are older than {@code olderThan}. Where a file that is
     * needed cannot be read, nothing is known of what it names, and nothing is deleted.
     */
    private List<Dispensable> unreachable(Optional<TableVersion> table, Instant since, Instant olderThan) {
        var live = new LiveFiles(repository, io, executor, this::refuse).since(since);
        var needed = warehouse.real(live.values().stream().map(LiveFile::path));
        var found = new ArrayList<Dispensable>();
        warehouse.visit(table.map(version -> version.dataFolder().resolve("..").normalize()), file -> {
            if (file.written().isBefore(olderThan) && !needed.contains(file.path())) {
                found.add(new Dispensable(io.location(file.path()), file.bytes(), reason(file.written(), since)));
            }
        });
        return found;
    }

    private void refuse(LiveFile file, RuntimeException e) {
        if (e instanceof FailureException) {
            throw e;
        }
        var missing = e instanceof NotFoundException
                || !io.newInputFile(io.location(file.path())).exists();
        var message = "The " + file.kind() + " " + io.location(file.path()) + " of " + file.owner()
                + (missing ? " does not exist" : " cannot be read (" + e.getMessage() + ")")
                + ": without it no file can be told to be unneeded";
        throw new FailureException(
                missing
                        ? new Failure.NotFound(Code.FILE_NOT_FOUND, message, Optional.empty())
                        : new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty()),
                e);
    }

    private static String reason(Instant written, Instant since) {
        return "of " + written.truncatedTo(ChronoUnit.SECONDS) + ", named by no commit"
                + (since.equals(Instant.MIN) ? "" : " since " + since.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void run(Sweep sweep) {
        if (!sweep.files().isEmpty()) {
            sweep.horizon().ifPresent(warehouse.horizon()::advance);
        }
        sweep.files().forEach(file -> warehouse.delete(io.path(file.name())));
    }

    @Override
    public Inspection inspect() {
        return inspect(repository);
    }

    private Inspection inspect(Repository history) {
        var unreadable = new ArrayList<Inspection.Unreadable>();
        var live = new LiveFiles(
                        history,
                        io,
                        executor,
                        (file, e) -> unreadable.add(new Inspection.Unreadable(file, String.valueOf(e.getMessage()))))
                .since(warehouse.horizon().time());
        return new Inspection(List.copyOf(live.values()), unreadable);
    }

    @Override
    public void requireVectors(Path file) {
        keeping.requireVectors(file);
    }

    @Override
    public Inspection copyStore(Path folder) {
        try (var copy = repository.copy(folder)) {
            copy.refs().stream()
                    .map(RefInfo::ref)
                    .filter(ref -> ref.name().startsWith(Ref.Branch.HIDDEN))
                    .forEach(copy::drop);
            return inspect(copy);
        }
    }
}
