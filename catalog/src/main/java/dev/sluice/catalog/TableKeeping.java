package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Puffin;

/** What upkeep would do with one table, whatever catalog has it. Thread-safe. */
final class TableKeeping {
    private final Tables tables;
    private final FileIO io;
    private final Compaction compaction;
    private final TableUpkeep upkeep;

    TableKeeping(Tables tables, FileIO io, TableUpkeep upkeep) {
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

    void requireVectors(Path file) {
        try (var puffin = Puffin.read(io.newInputFile(file.toString())).build()) {
            puffin.readAll(puffin.fileMetadata().blobs()).forEach(_ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
