package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.projectnessie.model.Content;
import org.projectnessie.model.IcebergView;
import org.projectnessie.model.Operation;

/** Iceberg views: an entry of the catalog that names an immutable metadata file. Thread-safe. */
final class Views {
    private static final int CACHED = 1_000;
    private final History history;
    private final Names names;
    private final WarehouseIO io;
    private final Path warehouse;
    private final InstantSource clock;
    private final LoadingCache<String, ViewMetadata> metadata;

    Views(History history, Names names, WarehouseIO io, Path warehouse, InstantSource clock) {
        this.history = history;
        this.names = names;
        this.io = io;
        this.warehouse = warehouse;
        this.clock = clock;
        this.metadata = Caffeine.newBuilder()
                .maximumSize(CACHED)
                .build(location -> ViewMetadataParser.read(io.newInputFile(location)));
    }

    List<QualifiedName> all(Commit commit) {
        return names.at(commit).ofType(Content.Type.ICEBERG_VIEW).stream()
                .map(Names.Entry::name)
                .toList();
    }

    Optional<ViewVersion> find(QualifiedName name, Commit commit) {
        return entry(name, commit).map(entry -> {
            var location = ((IcebergView) names.content(commit, entry)).getMetadataLocation();
            return new ViewVersion(entry.name(), commit, definition(entry.name(), location), location);
        });
    }

    private Optional<Names.Entry> entry(QualifiedName name, Commit commit) {
        return names.at(commit).find(name).filter(entry -> entry.type().equals(Content.Type.ICEBERG_VIEW));
    }

    private ViewDefinition definition(QualifiedName name, String location) {
        return ViewFormat.definition(
                name, CatalogFailures.translated("Reading view '" + name + "'", () -> metadata.get(location)));
    }

    /** Creates a view, or gives one another definition; what the view was before stays in its metadata. */
    CommitOutcome put(Ref.Branch branch, QualifiedName name, ViewDefinition definition, CommitNote note) {
        var head = history.resolve(branch);
        var existing = entry(name, head);
        var key = existing.map(Names.Entry::key).orElseGet(() -> names.at(head).freeKey(name));
        var base = existing.map(entry -> (IcebergView) names.content(head, entry));
        var location = CatalogFailures.translated(
                "Writing view '" + name + "'",
                () -> write(base.map(view -> metadata.get(view.getMetadataLocation())), name, definition));
        var view = metadata.get(location);
        var content = IcebergView.of(location, view.currentVersionId(), view.currentSchemaId());
        var kept = base.<Content>map(present -> content.withId(present.getId())).orElse(content);
        var outcome = history.commit(branch, head, List.of(Operation.Put.of(key, kept)), note);
        if (outcome instanceof CommitOutcome.Conflicted) {
            io.deleteFile(location);
        }
        return outcome;
    }

    private String write(Optional<ViewMetadata> base, QualifiedName name, ViewDefinition definition) {
        var folder = io.location(warehouse.resolve(Tables.newFolder(name)));
        var view = ViewFormat.defined(base, folder, definition, clock.instant());
        var location = view.location() + "/metadata/" + UUID.randomUUID() + ".metadata.json";
        ViewMetadataParser.write(view, io.newOutputFile(location));
        return location;
    }

    CommitOutcome drop(Ref.Branch branch, QualifiedName name, CommitNote note) {
        var head = history.resolve(branch);
        return history.commit(
                branch, head, List.of(Operation.Delete.of(load(name, head).key())), note);
    }

    private Names.Entry load(QualifiedName name, Commit commit) {
        return entry(name, commit)
                .orElseThrow(() -> CatalogFailures.notFound(Code.VIEW_NOT_FOUND, "View '" + name + "' does not exist"));
    }
}
