package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.iceberg.view.ViewMetadata;

/**
 * A REST catalog as one statement or transaction sees it: it has no state of all its tables, so each name stands for
 * what it was when it was first asked for. Thread-safe.
 */
final class RestState {
    private final RestServer server;
    private final RestCalls calls;
    private final Tables tables;
    private final Optional<Instant> time;

    private final Map<String, List<String>> schemas = new ConcurrentHashMap<>();
    private final Map<String, List<QualifiedName>> tableNames = new ConcurrentHashMap<>();
    private final Map<String, List<QualifiedName>> viewNames = new ConcurrentHashMap<>();
    private final Map<QualifiedName, Optional<Table>> loaded = new ConcurrentHashMap<>();
    private final Map<QualifiedName, Optional<View>> loadedViews = new ConcurrentHashMap<>();

    /** @param time what the tables are read as of; empty for now */
    RestState(RestServer server, RestCalls calls, Tables tables, Optional<Instant> time) {
        this.server = server;
        this.calls = calls;
        this.tables = tables;
        this.time = time;
    }

    record Table(QualifiedName name, String metadataLocation) {}

    record View(QualifiedName name, ViewMetadata metadata) {}

    Optional<Instant> time() {
        return time;
    }

    List<String> schemas() {
        return schemas.computeIfAbsent("", _ -> calls.ask(server::schemas));
    }

    Optional<String> findSchema(String name) {
        return schemas().stream()
                .filter(name::equals)
                .findFirst()
                .or(() -> schemas().stream().filter(name::equalsIgnoreCase).findFirst());
    }

    /** The schema in the case in which it was created. */
    String loadSchema(String name) {
        return findSchema(name).orElseThrow(() -> CatalogFailures.schemaNotFound(name));
    }

    List<QualifiedName> tables() {
        return schemas().stream()
                .flatMap(schema -> tables(schema).stream())
                .sorted(Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name))
                .toList();
    }

    private List<QualifiedName> tables(String schema) {
        return tableNames.computeIfAbsent(schema, _ -> named(schema, calls.ask(() -> server.tables(schema))));
    }

    List<QualifiedName> views() {
        return schemas().stream()
                .flatMap(schema -> views(schema).stream())
                .sorted(Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name))
                .toList();
    }

    private List<QualifiedName> views(String schema) {
        return viewNames.computeIfAbsent(schema, _ -> named(schema, calls.ask(() -> server.views(schema))));
    }

    private static List<QualifiedName> named(String schema, List<String> names) {
        return names.stream().map(name -> new QualifiedName(schema, name)).toList();
    }

    /** Asks for exactly this name first, since a listing may be long. */
    Optional<Table> table(QualifiedName name) {
        return load(name).or(() -> twin(name, this::tables).flatMap(this::load));
    }

    private Optional<Table> load(QualifiedName name) {
        return loaded.computeIfAbsent(
                name,
                _ -> calls.ask(() -> server.table(name)).map(metadata -> {
                    tables.remember(metadata);
                    return new Table(name, metadata.metadataFileLocation());
                }));
    }

    Optional<View> view(QualifiedName name) {
        return twin(name, this::views).flatMap(this::loadView);
    }

    private Optional<View> loadView(QualifiedName name) {
        return loadedViews.computeIfAbsent(
                name, _ -> calls.ask(() -> server.view(name)).map(view -> new View(name, view)));
    }

    private interface Listing {
        List<QualifiedName> of(String schema);
    }

    /** The name as it is stored. */
    private Optional<QualifiedName> twin(QualifiedName name, Listing listing) {
        return findSchema(name.schema())
                .flatMap(schema -> listing.of(schema).stream()
                        .filter(stored -> stored.folded().equals(name.folded()))
                        .findFirst());
    }

    /** The name that something new gets, in its schema's own case; fails where it is taken. */
    QualifiedName freeName(QualifiedName name) {
        var schema = loadSchema(name.schema());
        twin(name, this::tables).ifPresent(taken -> {
            throw CatalogFailures.exists(Code.TABLE_EXISTS, "Table '" + taken + "' exists already");
        });
        twin(name, this::views).ifPresent(taken -> {
            throw CatalogFailures.exists(Code.VIEW_EXISTS, "View '" + taken + "' exists already");
        });
        return new QualifiedName(schema, name.name());
    }

    /** Whether the schema holds anything. */
    boolean isEmpty(String schema) {
        return Stream.concat(tables(schema).stream(), views(schema).stream())
                .findAny()
                .isEmpty();
    }
}
