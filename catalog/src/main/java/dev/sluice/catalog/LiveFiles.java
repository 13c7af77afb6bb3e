package dev.sluice.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.IcebergView;
import org.projectnessie.model.Operation;
import org.projectnessie.model.UDF;

/**
 * Every file that can be reached from commits: of each branch and tag the head, the commits since a time, and the one
 * that was the head at that time. A commit names a table's metadata file; that names all snapshots of the table, and
 * those their manifests and data files. Each file is read at most once, and of a table's metadata files as few as tell
 * all: {@link MetadataTrail}. Confined to one thread, which has others read for it.
 *
 * <p>Left out are statistics that a table had and gave up again, unless a ref or the oldest commit has them still:
 * nothing is lost with them.
 */
final class LiveFiles {
    private final Repository repository;
    private final WarehouseIO io;
    private final ParallelReading reading;
    private final Unreadable unreadable;
    private final Set<String> commits = new HashSet<>();
    private final Map<String, LiveFile> files = new LinkedHashMap<>();
    private final List<ListedFiles.OfSnapshot> snapshots = new ArrayList<>();

    /** Is told of a file that is named and cannot be read; throws, or has it left out. */
    interface Unreadable {
        void tell(LiveFile file, RuntimeException reason);
    }

    /** The metadata files of a table along a history, newest first. */
    private record Trail(String owner, List<String> locations) {}

    LiveFiles(Repository repository, WarehouseIO io, ExecutorService executor, Unreadable unreadable) {
        this.repository = repository;
        this.io = io;
        this.reading = new ParallelReading(executor);
        this.unreadable = unreadable;
    }

    /** All files of all branches and tags, by location. */
    Map<String, LiveFile> since(Instant since) {
        for (var ref : repository.refs()) {
            addHistory(ref.hash(), since).values().forEach(this::addTable);
        }
        addListed();
        return files;
    }

    private Map<String, Trail> addHistory(String head, Instant since) {
        var trails = new LinkedHashMap<String, Trail>();
        var log = repository.log(head, Repository.Detail.OPERATIONS).iterator();
        while (log.hasNext()) {
            var commit = log.next();
            if (!commits.add(commit.hash())) {
                return trails;
            }
            if (isOlder(commit, since)) {
                repository
                        .keys(commit.hash())
                        .keySet()
                        .forEach(key ->
                                repository.content(commit.hash(), key).ifPresent(content -> add(key, content, trails)));
                return trails;
            }
            for (var operation : commit.operations()) {
                if (operation instanceof Operation.Put put) {
                    add(put.getKey(), put.getContent(), trails);
                }
            }
        }
        return trails;
    }

    private static boolean isOlder(Repository.Logged commit, Instant since) {
        return Optional.ofNullable(commit.meta().getCommitTime())
                .filter(time -> time.isBefore(since))
                .isPresent();
    }

    private void add(ContentKey key, Content content, Map<String, Trail> trails) {
        var owner = String.join(".", key.getElements());
        switch (content) {
            case IcebergTable table -> {
                if (add(table.getMetadataLocation(), LiveFile.Kind.TABLE_METADATA, owner)) {
                    trails.computeIfAbsent(
                                    Objects.requireNonNull(table.getId()), _ -> new Trail(owner, new ArrayList<>()))
                            .locations()
                            .add(table.getMetadataLocation());
                }
            }
            case IcebergView view -> add(view.getMetadataLocation(), LiveFile.Kind.VIEW, owner);
            case UDF udf ->
                Optional.ofNullable(udf.getMetadataLocation())
                        .ifPresent(location -> add(location, LiveFile.Kind.FUNCTION, owner));
            default -> {}
        }
    }

    /** Whether the file is new here. */
    private boolean add(String location, LiveFile.Kind kind, String owner) {
        return add(new ListedFiles.Named(location, kind, OptionalLong.empty()), owner);
    }

    private boolean add(ListedFiles.Named file, String owner) {
        var path = io.path(file.location());
        return files.putIfAbsent(file.location(), new LiveFile(path, file.kind(), file.bytes(), owner)) == null;
    }

    private void addTable(Trail trail) {
        var others = new MetadataTrail(trail.locations(), location -> metadata(location, trail.owner())).follow();
        reading.each(
                others,
                location -> LoadLog.locations(io, location),
                (location, answer) -> take(location, answer)
                        .ifPresent(lists -> lists.forEach(list -> add(list, LiveFile.Kind.LOADS, trail.owner()))));
    }

    private Optional<TableMetadata> metadata(String location, String owner) {
        var read = take(location, () -> TableMetadataParser.read(io, location));
        read.ifPresent(table -> {
            table.snapshots().forEach(snapshot -> addSnapshot(table, snapshot, owner));
            ListedFiles.statistics(table).forEach(file -> add(file, owner));
            LoadLog.locations(table).forEach(list -> add(list, LiveFile.Kind.LOADS, owner));
        });
        return read;
    }

    private void addSnapshot(TableMetadata table, Snapshot snapshot, String owner) {
        var list = snapshot.manifestListLocation();
        if (list == null || add(list, LiveFile.Kind.MANIFEST_LIST, owner)) {
            snapshots.add(new ListedFiles.OfSnapshot(snapshot, table.specsById(), owner));
        }
    }

    private void addListed() {
        var listed = new ListedFiles(io);
        var manifests = new ArrayList<ListedFiles.OfManifest>();
        reading.each(
                snapshots,
                listed::manifests,
                (snapshot, answer) -> take(snapshot.location(), answer)
                        .ifPresent(found -> found.stream()
                                .filter(manifest -> add(manifest.named(), manifest.owner()))
                                .forEach(manifests::add)));
        reading.each(
                manifests,
                listed::files,
                (manifest, answer) -> take(manifest.named().location(), answer)
                        .ifPresent(found -> found.forEach(file -> add(file, manifest.owner()))));
    }

    /** What was read of a file; empty where it could not be, and that is borne. */
    private <R> Optional<R> take(String location, ParallelReading.Answer<R> answer) {
        try {
            return Optional.of(answer.get());
        } catch (RuntimeException e) {
            var file = files.get(location);
            if (file == null) {
                throw e;
            }
            unreadable.tell(file, e);
            return Optional.empty();
        }
    }
}
