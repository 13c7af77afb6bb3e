package dev.sluice.catalog;

import dev.sluice.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.puffin.Puffin;

/** What upkeep would do with one table, whatever catalog has it. Thread-safe. */
final class TableKeeping {
    private final Tables tables;
    private final WarehouseIO io;
    private final Compaction compaction;
    private final TableUpkeep upkeep;

    TableKeeping(Tables tables, WarehouseIO io, TableUpkeep upkeep) {
        this.tables = tables;
        this.io = io;
        this.compaction = new Compaction(tables, io);
        this.upkeep = upkeep;
    }

    List<FileGroup> compactable(TableVersion table, Housekeeping.Choice choice) {
        return compaction.groups(table, choice);
    }

    List<Dispensable> expirable(TableVersion table, SnapshotAge age) {
        return upkeep.expirable(table, age).stream()
                .map(snapshot -> new Dispensable(
                        Long.toString(snapshot.snapshotId()),
                        0,
                        snapshot.operation() + " of " + Instant.ofEpochMilli(snapshot.timestampMillis())))
                .toList();
    }

    List<Dispensable> scattered(TableVersion table) {
        var metadata = tables.metadata(table.metadataLocation());
        return CatalogFailures.translated(
                "Reading the manifests of table '" + table.name() + "'",
                () -> ManifestOrder.scattered(metadata, io).stream()
                        .map(manifest -> new Dispensable(
                                io.location(io.path(manifest.path())),
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

    void requireVectors(Path file) {
        try (var puffin = Puffin.read(io.newInputFile(io.location(file))).build()) {
            puffin.readAll(puffin.fileMetadata().blobs()).forEach(_ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder itself; {@code UNSUPPORTED} where its files are objects. */
    Path folder(Path warehouse) {
        var location = io.location(warehouse);
        if (!location.equals(warehouse.toString())) {
            throw Failure.unsupported("The tables' files are in " + location
                            + ", of which no backup is made here: let the bucket keep versions, or copy it")
                    .exception();
        }
        return warehouse;
    }

    /** What is stored of a file, in bytes; empty where it is not there. */
    OptionalLong length(LiveFile file) {
        var stored = io.newInputFile(io.location(file.path()));
        return stored.exists() ? OptionalLong.of(stored.getLength()) : OptionalLong.empty();
    }
}
