package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ImmutableSQLViewRepresentation;
import org.apache.iceberg.view.ImmutableViewVersion;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.projectnessie.model.Content;
import org.projectnessie.model.IcebergView;
import org.projectnessie.model.Operation;

/** Iceberg views: an entry of the catalog that names an immutable metadata file. Thread-safe. */
final class Views {
    private static final int CACHED = 1_000;
    private static final String CATALOG = "sluice";

    /** Before the number of a column, from 0: a property with the column's name in the query. */
    private static final String QUERY_COLUMN = "sluice.query-column.";

    /** All of them, as Spark writes them. */
    private static final String SPARK_QUERY_COLUMNS = "spark.query-column-names";

    /** Whose SQL is most likely to be read here, if a view has several. */
    private static final List<String> DIALECTS = List.of(ViewDefinition.DIALECT, "duckdb", "spark", "trino");

    private final History history;
    private final Names names;
    private final FileIO io;
    private final Path warehouse;
    private final InstantSource clock;
    private final LoadingCache<String, ViewMetadata> metadata;

    Views(History history, Names names, FileIO io, Path warehouse, InstantSource clock) {
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
        var view = CatalogFailures.translated("Reading view '" + name + "'", () -> metadata.get(location));
        var version = view.currentVersion();
        var sql = version.representations().stream()
                .filter(SQLViewRepresentation.class::isInstance)
                .map(SQLViewRepresentation.class::cast)
                .min(Comparator.comparingInt(Views::rank))
                .orElseThrow(() -> CatalogFailures.invalid(Code.UNSUPPORTED, "View '" + name + "' has no SQL text"));
        var properties = new HashMap<>(view.properties());
        properties.keySet().removeIf(key -> key.startsWith(QUERY_COLUMN));
        var namespace = version.defaultNamespace();
        return new ViewDefinition(
                sql.sql(),
                sql.dialect(),
                namespace.isEmpty() ? name.schema() : namespace.level(namespace.length() - 1),
                IcebergTypes.toArrow(view.schema()),
                queryColumns(view.properties()),
                properties);
    }

    private static int rank(SQLViewRepresentation sql) {
        var rank = DIALECTS.indexOf(sql.dialect());
        return rank < 0 ? DIALECTS.size() : rank;
    }

    private static List<String> queryColumns(Map<String, String> properties) {
        var ours = IntStream.iterate(0, i -> properties.containsKey(QUERY_COLUMN + i), i -> i + 1)
                .mapToObj(i -> Objects.requireNonNull(properties.get(QUERY_COLUMN + i)))
                .toList();
        if (!ours.isEmpty()) {
            return ours;
        }
        return Optional.ofNullable(properties.get(SPARK_QUERY_COLUMNS))
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
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
        var builder = base.map(ViewMetadata::buildFrom)
                .orElseGet(() -> ViewMetadata.builder()
                        .setLocation(warehouse.resolve(Tables.newFolder(name)).toString())
                        .assignUUID(UUID.randomUUID().toString()));
        var properties = new HashMap<>(definition.properties());
        for (var i = 0; i < definition.queryColumns().size(); i++) {
            properties.put(QUERY_COLUMN + i, definition.queryColumns().get(i));
        }
        base.ifPresent(view -> {
            var gone = new HashSet<>(view.properties().keySet());
            gone.removeAll(properties.keySet());
            builder.removeProperties(gone);
        });
        var version = ImmutableViewVersion.builder()
                .versionId(1 + base.map(Views::lastVersion).orElse(0))
                .schemaId(0)
                .timestampMillis(clock.millis())
                .defaultCatalog(CATALOG)
                .defaultNamespace(Namespace.of(definition.defaultSchema()))
                .putSummary("engine-name", CATALOG)
                .addRepresentations(ImmutableSQLViewRepresentation.builder()
                        .sql(definition.sql())
                        .dialect(definition.dialect())
                        .build())
                .build();
        var view = builder.setProperties(properties)
                .setCurrentVersion(version, IcebergTypes.withNewIds(definition.columns()))
                .build();
        var location = view.location() + "/metadata/" + UUID.randomUUID() + ".metadata.json";
        ViewMetadataParser.write(view, io.newOutputFile(location));
        return location;
    }

    private static int lastVersion(ViewMetadata view) {
        return view.versions().stream()
                .mapToInt(org.apache.iceberg.view.ViewVersion::versionId)
                .max()
                .orElse(0);
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
