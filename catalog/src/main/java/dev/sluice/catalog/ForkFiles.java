package dev.sluice.catalog;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.IcebergView;
import org.projectnessie.model.Operation;
import org.projectnessie.model.UDF;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were written for a fork: found in its commits, and deleted unless a merge took them over. What leads
 * to others is deleted after them, so that a deletion that broke off is taken up again: where it is missing, they are.
 */
final class ForkFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ForkFiles.class);

    private final History history;
    private final Names names;
    private final Tables tables;
    private final WarehouseIO io;
    private final Path warehouse;
    private final ExecutorService executor;

    ForkFiles(History history, Names names, Tables tables, WarehouseIO io, Path warehouse, ExecutorService executor) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.io = io;
        this.warehouse = warehouse;
        this.executor = executor;
    }

    /**
     * Deletes what was written between the two commits.
     *
     * @param merged the commit that took them over, if one did: what it names stays
     */
    void delete(Commit base, Commit head, Optional<Commit> merged) {
        var puts = history.operations(head, base)
                .filter(Operation.Put.class::isInstance)
                .map(Operation.Put.class::cast)
                .toList();
        var doomed = new LinkedHashSet<String>();
        puts.forEach(put -> collect(put.getKey(), put.getContent(), base, doomed::add));
        merged.ifPresent(commit -> puts.stream()
                .map(Operation.Put::getKey)
                .distinct()
                .forEach(key -> names.find(commit, key).ifPresent(kept -> collect(key, kept, base, doomed::remove))));
        doomed.reversed().stream().filter(this::isOurs).forEach(this::delete);
    }

    /** What a table or function has beyond what it had at the base. */
    private void collect(ContentKey key, Content content, Commit base, Consumer<String> files) {
        switch (content) {
            case IcebergTable table -> collect(table, known(key, table, base), files);
            case IcebergView view -> files.accept(view.getMetadataLocation());
            case UDF function ->
                Optional.ofNullable(function.getMetadataLocation()).ifPresent(files);
            default -> {}
        }
    }

    /** The table at the base, under whatever name. */
    private Optional<IcebergTable> known(ContentKey key, IcebergTable table, Commit base) {
        var sameName = names.find(base, key).filter(content -> isSame(content, table));
        return sameName.or(() -> names.at(base).ofType(Content.Type.ICEBERG_TABLE).stream()
                        .map(entry -> names.content(base, entry))
                        .filter(content -> isSame(content, table))
                        .findFirst())
                .map(IcebergTable.class::cast);
    }

    private static boolean isSame(Content content, IcebergTable table) {
        return content instanceof IcebergTable
                && content.getId() != null
                && content.getId().equals(table.getId());
    }

    private void collect(IcebergTable content, Optional<IcebergTable> known, Consumer<String> files) {
        var location = content.getMetadataLocation();
        if (known.map(IcebergTable::getMetadataLocation)
                .filter(location::equals)
                .isPresent()) {
            return;
        }
        files.accept(location);
        if (isMissing(location)) {
            return;
        }
        var older = known.map(table -> tables.metadata(table.getMetadataLocation()));
        var metadata = tables.metadata(location);
        metadata.snapshots().stream()
                .filter(snapshot -> older.isEmpty() || older.get().snapshot(snapshot.snapshotId()) == null)
                .forEach(snapshot -> collect(metadata, snapshot, files));
    }

    private void collect(TableMetadata metadata, Snapshot snapshot, Consumer<String> files) {
        files.accept(snapshot.manifestListLocation());
        if (isMissing(snapshot.manifestListLocation())) {
            return;
        }
        var manifests = snapshot.allManifests(io).stream()
                .filter(manifest -> manifest.snapshotId() != null && manifest.snapshotId() == snapshot.snapshotId())
                .map(ManifestFile::path)
                .toList();
        manifests.forEach(files);
        if (manifests.stream().noneMatch(this::isMissing)) {
            var changes = FileChanges.of(snapshot, new StagedTable(metadata, io).table(), executor);
            Stream.concat(changes.added().stream(), changes.addedDeletes().stream())
                    .map(ContentFile::location)
                    .forEach(files);
        }
    }

    private boolean isMissing(String location) {
        return !io.newInputFile(location).exists();
    }

    private boolean isOurs(String location) {
        return io.path(location).startsWith(warehouse);
    }

    private void delete(String location) {
        try {
            io.deleteFile(location);
        } catch (RuntimeException e) {
            LOG.warn("A file of a discarded transaction could not be deleted: {}", location, e);
        }
    }
}
