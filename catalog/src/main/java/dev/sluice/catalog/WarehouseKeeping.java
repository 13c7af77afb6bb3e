package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Puffin;

/** Tells what upkeep would do with the tables of a warehouse. Thread-safe. */
final class WarehouseKeeping implements Housekeeping {
    private final Repository repository;
    private final Warehouse warehouse;
    private final Tables tables;
    private final FileIO io;
    private final Compaction compaction;
    private final TableUpkeep upkeep;

    WarehouseKeeping(Repository repository, Tables tables, FileIO io, TableUpkeep upkeep, Warehouse warehouse) {
        this.repository = repository;
        this.warehouse = warehouse;
        this.tables = tables;
        this.io = io;
        this.compaction = new Compaction(tables, io);
        this.upkeep = upkeep;
    }

    @Override
    public Path warehouse() {
        return warehouse.root();
    }

    @Override
    public List<FileGroup> compactable(TableVersion table, Choice choice) {
        return compaction.groups(table, choice);
    }

    @Override
    public List<Dispensable> expirable(TableVersion table, SnapshotAge age) {
        return upkeep.expirable(table, age).stream()
                .map(snapshot -> new Dispensable(
                        Long.toString(snapshot.snapshotId()),
                        0,
                        snapshot.operation() + " of " + Instant.ofEpochMilli(snapshot.timestampMillis())))
                .toList();
    }

    @Override
    public List<Dispensable> scattered(TableVersion table) {
        var metadata = tables.metadata(table.metadataLocation());
        return CatalogFailures.translated(
                "Reading the manifests of table '" + table.name() + "'",
                () -> ManifestOrder.scattered(metadata, io).stream()
                        .map(manifest -> new Dispensable(
                                LocalFileIO.path(io, manifest.path()).toString(),
                                manifest.length(),
                                "lists " + files(manifest) + " files"))
                        .toList());
    }

    private static long files(ManifestFile manifest) {
        return Stream.of(manifest.addedFilesCount(), manifest.existingFilesCount())
                .filter(Objects::nonNull)
                .mapToLong(Integer::longValue)
                .sum();
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
        var live = new LiveFiles(repository, io, WarehouseKeeping::refuse).since(since);
        var needed = warehouse.real(live.values().stream().map(LiveFile::path));
        var found = new ArrayList<Dispensable>();
        warehouse.visit(table.map(version -> version.dataFolder().resolve("..").normalize()), (path, attributes) -> {
            var written = attributes.lastModifiedTime().toInstant();
            if (written.isBefore(olderThan) && !needed.contains(path)) {
                found.add(new Dispensable(path.toString(), attributes.size(), reason(written, since)));
            }
        });
        return found;
    }

    private static void refuse(LiveFile file, RuntimeException e) {
        throw CatalogFailures.internal(
                "Reading " + file.kind() + " " + file.path() + " of " + file.owner()
                        + ", without which no file can be told to be unneeded,",
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
        sweep.files().forEach(file -> warehouse.delete(Path.of(file.name())));
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
                        (file, e) -> unreadable.add(new Inspection.Unreadable(file, String.valueOf(e.getMessage()))))
                .since(warehouse.horizon().time());
        return new Inspection(List.copyOf(live.values()), unreadable);
    }

    @Override
    public void requireVectors(Path file) {
        try (var puffin = Puffin.read(io.newInputFile(file.toString())).build()) {
            puffin.readAll(puffin.fileMetadata().blobs()).forEach(_ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
