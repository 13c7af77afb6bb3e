package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/** Reads which files snapshots and manifests list; a manifest of many snapshots is told once. Thread-safe. */
final class ListedFiles {
    private static final List<String> COLUMNS = List.of("file_path", "file_format", "file_size_in_bytes", "content");

    private final FileIO io;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ListedFiles(FileIO io) {
        this.io = io;
    }

    /** A file as another one names it. */
    record Named(String location, LiveFile.Kind kind, OptionalLong bytes) {}

    /** A snapshot of a table, whose partitionings are {@code specs}. */
    record OfSnapshot(Snapshot snapshot, Map<Integer, PartitionSpec> specs, String owner) {
        /** Of its manifest list; empty in format version 1 where it has none. */
        String location() {
            return Objects.requireNonNullElse(snapshot.manifestListLocation(), "");
        }
    }

    record OfManifest(ManifestFile manifest, Map<Integer, PartitionSpec> specs, String owner) {
        Named named() {
            return new Named(manifest.path(), LiveFile.Kind.MANIFEST, OptionalLong.of(manifest.length()));
        }
    }

    static List<Named> statistics(TableMetadata table) {
        return Stream.concat(
                        table.statisticsFiles().stream().map(file -> statistics(file.path(), file.fileSizeInBytes())),
                        table.partitionStatisticsFiles().stream()
                                .map(file -> statistics(file.path(), file.fileSizeInBytes())))
                .toList();
    }

    private static Named statistics(String location, long bytes) {
        return new Named(location, LiveFile.Kind.STATISTICS, OptionalLong.of(bytes));
    }

    /** Those that were not told before. */
    List<OfManifest> manifests(OfSnapshot of) {
        return of.snapshot().allManifests(io).stream()
                .filter(manifest -> told.add(manifest.path()))
                .map(manifest -> new OfManifest(manifest, of.specs(), of.owner()))
                .toList();
    }

    List<Named> files(OfManifest of) {
        try (var entries = entries(of.manifest(), of.specs())) {
            var files = new ArrayList<Named>();
            entries.forEach(
                    file -> files.add(new Named(file.location(), kind(file), OptionalLong.of(file.fileSizeInBytes()))));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CloseableIterable<? extends ContentFile<?>> entries(
            ManifestFile manifest, Map<Integer, PartitionSpec> specs) {
        return manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, io, specs).select(COLUMNS)
                : ManifestFiles.read(manifest, io, specs).select(COLUMNS);
    }

    private static LiveFile.Kind kind(ContentFile<?> file) {
        return switch (file.content()) {
            case DATA -> LiveFile.Kind.DATA;
            default -> file.format() == FileFormat.PUFFIN ? LiveFile.Kind.DELETION_VECTORS : LiveFile.Kind.DELETES;
        };
    }
}
