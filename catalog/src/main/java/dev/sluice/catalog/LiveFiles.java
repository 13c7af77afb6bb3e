package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.IcebergView;
import org.projectnessie.model.Operation;
import org.projectnessie.model.UDF;

/**
 * Every file that can be reached from commits: of each branch and tag the head, the commits since a time, and the one
 * that was the head at that time. A commit names a table's metadata file; that names all snapshots of the table, and
 * those their manifests and data files. Confined to one thread.
 */
final class LiveFiles {
    private final Repository repository;
    private final WarehouseIO io;
    private final Unreadable unreadable;
    private final Set<String> commits = new HashSet<>();
    private final Map<String, LiveFile> files = new LinkedHashMap<>();

    /** Is told of a file that is named and cannot be read; throws, or has it left out. */
    interface Unreadable {
        void tell(LiveFile file, RuntimeException reason);
    }

    LiveFiles(Repository repository, WarehouseIO io, Unreadable unreadable) {
        this.repository = repository;
        this.io = io;
        this.unreadable = unreadable;
    }

    /** All files of all branches and tags, by location. */
    Map<String, LiveFile> since(Instant since) {
        for (var ref : repository.refs()) {
            addHistory(ref.hash(), since);
        }
        return files;
    }

    private void addHistory(String head, Instant since) {
        var log = repository.log(head, Repository.Detail.OPERATIONS).iterator();
        while (log.hasNext()) {
            var commit = log.next();
            if (!commits.add(commit.hash())) {
                return;
            }
            if (isOlder(commit, since)) {
                repository
                        .keys(commit.hash())
                        .keySet()
                        .forEach(key -> repository.content(commit.hash(), key).ifPresent(content -> add(key, content)));
                return;
            }
            for (var operation : commit.operations()) {
                if (operation instanceof Operation.Put put) {
                    add(put.getKey(), put.getContent());
                }
            }
        }
    }

    private static boolean isOlder(Repository.Logged commit, Instant since) {
        return Optional.ofNullable(commit.meta().getCommitTime())
                .filter(time -> time.isBefore(since))
                .isPresent();
    }

    private void add(ContentKey key, Content content) {
        var owner = String.join(".", key.getElements());
        switch (content) {
            case IcebergTable table -> addTable(table.getMetadataLocation(), owner);
            case IcebergView view -> add(view.getMetadataLocation(), LiveFile.Kind.VIEW, OptionalLong.empty(), owner);
            case UDF udf ->
                Optional.ofNullable(udf.getMetadataLocation())
                        .ifPresent(location -> add(location, LiveFile.Kind.FUNCTION, OptionalLong.empty(), owner));
            default -> {}
        }
    }

    /** Whether the file is new here. */
    private boolean add(String location, LiveFile.Kind kind, OptionalLong bytes, String owner) {
        return files.putIfAbsent(location, new LiveFile(io.path(location), kind, bytes, owner)) == null;
    }

    private void addTable(String location, String owner) {
        if (add(location, LiveFile.Kind.TABLE_METADATA, OptionalLong.empty(), owner)) {
            reading(location, () -> {
                var table = TableMetadataParser.read(io, location);
                table.snapshots().forEach(snapshot -> addSnapshot(table, snapshot, owner));
                table.statisticsFiles()
                        .forEach(each -> add(
                                each.path(), LiveFile.Kind.STATISTICS, OptionalLong.of(each.fileSizeInBytes()), owner));
                LoadLog.locations(table).forEach(each -> add(each, LiveFile.Kind.LOADS, OptionalLong.empty(), owner));
                table.partitionStatisticsFiles()
                        .forEach(each -> add(
                                each.path(), LiveFile.Kind.STATISTICS, OptionalLong.of(each.fileSizeInBytes()), owner));
            });
        }
    }

    private void addSnapshot(TableMetadata table, Snapshot snapshot, String owner) {
        var list = Optional.ofNullable(snapshot.manifestListLocation());
        if (list.isEmpty()) {
            snapshot.allManifests(io).forEach(manifest -> addManifest(table, manifest, owner));
        } else if (add(list.get(), LiveFile.Kind.MANIFEST_LIST, OptionalLong.empty(), owner)) {
            reading(
                    list.get(),
                    () -> snapshot.allManifests(io).forEach(manifest -> addManifest(table, manifest, owner)));
        }
    }

    private void addManifest(TableMetadata table, ManifestFile manifest, String owner) {
        if (add(manifest.path(), LiveFile.Kind.MANIFEST, OptionalLong.of(manifest.length()), owner)) {
            reading(manifest.path(), () -> {
                try (var entries = entries(table, manifest)) {
                    entries.forEach(
                            file -> add(file.location(), kind(file), OptionalLong.of(file.fileSizeInBytes()), owner));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private CloseableIterable<? extends ContentFile<?>> entries(TableMetadata table, ManifestFile manifest) {
        var columns = List.of("file_path", "file_format", "file_size_in_bytes", "content");
        return manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, io, table.specsById())
                        .select(columns)
                : ManifestFiles.read(manifest, io, table.specsById()).select(columns);
    }

    private static LiveFile.Kind kind(ContentFile<?> file) {
        return switch (file.content()) {
            case DATA -> LiveFile.Kind.DATA;
            default -> file.format() == FileFormat.PUFFIN ? LiveFile.Kind.DELETION_VECTORS : LiveFile.Kind.DELETES;
        };
    }

    private void reading(String location, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException e) {
            var file = files.get(location);
            if (file == null) {
                throw e;
            }
            unreadable.tell(file, e);
        }
    }
}
