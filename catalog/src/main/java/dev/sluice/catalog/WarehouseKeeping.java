package dev.sluice.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.io.FileIO;

/** Tells what upkeep would do with the tables of a warehouse. Thread-safe. */
final class WarehouseKeeping implements Housekeeping {
    private final Tables tables;
    private final FileIO io;
    private final Compaction compaction;
    private final TableUpkeep upkeep;

    WarehouseKeeping(Tables tables, FileIO io, TableUpkeep upkeep) {
        this.tables = tables;
        this.io = io;
        this.compaction = new Compaction(tables, io);
        this.upkeep = upkeep;
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
                                LocalFileIO.path(manifest.path()).toString(),
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
}
