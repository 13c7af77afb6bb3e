package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.rest.ErrorHandlers;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.ResourcePaths;
import org.apache.iceberg.rest.auth.AuthManagers;
import org.apache.iceberg.rest.requests.ImmutableCreateViewRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadViewResponse;
import org.apache.iceberg.view.BaseView;
import org.apache.iceberg.view.ViewMetadata;

/**
 * What an Iceberg REST catalog is asked, by Iceberg's own client. Commits are posted by a client beside it: Iceberg's
 * asks that what a change touches be as it was, and ours that the whole table be. Throws Iceberg's exceptions, which
 * {@link RestCalls} knows; thread-safe.
 */
final class RestServer implements AutoCloseable {
    private static final String NAME = "sluice";

    private final Scope scope;
    private final RESTSessionCatalog catalog;
    private final SessionContext session = SessionContext.createEmpty();
    private final RESTClient client;
    private final ResourcePaths paths;

    @SuppressWarnings("MustBeClosedChecker") // the scope closes all
    private RestServer(Map<String, String> settings, Scope scope) {
        this.scope = scope;
        // files are read and written by our own FileIO alone
        this.catalog = scope.own(new RESTSessionCatalog(RestServer::client, (_, _) -> new InMemoryFileIO()));
        catalog.initialize(NAME, settings);
        var told = catalog.properties();
        var auth = scope.own(AuthManagers.loadAuthManager(NAME, told));
        var plain = scope.own(client(told));
        this.client = plain.withAuthSession(scope.own(auth.catalogSession(plain, told)));
        this.paths = ResourcePaths.forCatalogProperties(told);
    }

    /** Asks the server at once, so that a wrong address or a wrong secret is told before the first statement. */
    @MustBeClosed
    static RestServer open(Map<String, String> settings) {
        return Scope.handOver(scope -> new RestServer(settings, scope));
    }

    private static RESTClient client(Map<String, String> settings) {
        return HTTPClient.builder(settings)
                .uri(Objects.requireNonNull(settings.get(org.apache.iceberg.CatalogProperties.URI)))
                .withHeaders(RESTUtil.configHeaders(settings))
                .build();
    }

    private static Namespace namespace(String schema) {
        return Namespace.of(schema);
    }

    private static TableIdentifier id(QualifiedName name) {
        return TableIdentifier.of(namespace(name.schema()), name.name());
    }

    /** Namespaces of one level: those below others have no name here. */
    List<String> schemas() {
        return catalog.listNamespaces(session, Namespace.empty()).stream()
                .map(namespace -> namespace.level(0))
                .sorted()
                .toList();
    }

    void createSchema(String name) {
        // one that may be asked for the key null
        catalog.createNamespace(session, namespace(name), Collections.emptyMap());
    }

    void dropSchema(String name) {
        catalog.dropNamespace(session, namespace(name));
    }

    List<String> tables(String schema) {
        return catalog.listTables(session, namespace(schema)).stream()
                .map(TableIdentifier::name)
                .toList();
    }

    /** None where the server has no views. */
    List<String> views(String schema) {
        return catalog.listViews(session, namespace(schema)).stream()
                .map(TableIdentifier::name)
                .toList();
    }

    /** The table of exactly this name. */
    Optional<TableMetadata> table(QualifiedName name) {
        try {
            var table = catalog.loadTable(session, id(name));
            return Optional.of(((HasTableOperations) table).operations().current());
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return Optional.empty();
        }
    }

    /** The view of exactly this name. */
    Optional<ViewMetadata> view(QualifiedName name) {
        try {
            return Optional.of(((BaseView) catalog.loadView(session, id(name)))
                    .operations()
                    .current());
        } catch (NoSuchViewException | NoSuchNamespaceException e) {
            return Optional.empty();
        }
    }

    /** Makes a table of all that the updates say. */
    TableMetadata create(QualifiedName name, List<UpdateRequirement> requirements, List<MetadataUpdate> updates) {
        return post(name, requirements, updates, ErrorHandlers.createTableErrorHandler());
    }

    /** Changes a table, if it is as the requirements say. */
    TableMetadata update(QualifiedName name, List<UpdateRequirement> requirements, List<MetadataUpdate> updates) {
        return post(name, requirements, updates, ErrorHandlers.tableCommitHandler());
    }

    private TableMetadata post(
            QualifiedName name,
            List<UpdateRequirement> requirements,
            List<MetadataUpdate> updates,
            Consumer<ErrorResponse> errors) {
        var request = new UpdateTableRequest(requirements, updates);
        var table = client.post(
                        paths.table(id(name)), request, LoadTableResponse.class, RESTUtil.idempotencyHeaders(), errors)
                .tableMetadata();
        catalog.invalidateTable(session, id(name));
        return table;
    }

    void register(QualifiedName name, String metadataLocation) {
        catalog.registerTable(session, id(name), metadataLocation);
    }

    void dropTable(QualifiedName name) {
        if (!catalog.dropTable(session, id(name))) {
            throw new NoSuchTableException("Table '%s' does not exist", name);
        }
    }

    void renameTable(QualifiedName name, QualifiedName to) {
        catalog.renameTable(session, id(name), id(to));
    }

    void createView(QualifiedName name, ViewMetadata view) {
        var request = ImmutableCreateViewRequest.builder()
                .name(name.name())
                .location(view.location())
                .schema(view.schema())
                .viewVersion(view.currentVersion())
                .properties(view.properties())
                .build();
        client.post(
                paths.views(namespace(name.schema())),
                request,
                LoadViewResponse.class,
                RESTUtil.idempotencyHeaders(),
                ErrorHandlers.viewErrorHandler());
    }

    void updateView(QualifiedName name, List<UpdateRequirement> requirements, List<MetadataUpdate> updates) {
        client.post(
                paths.view(id(name)),
                new UpdateTableRequest(requirements, updates),
                LoadViewResponse.class,
                RESTUtil.idempotencyHeaders(),
                ErrorHandlers.viewCommitHandler());
    }

    void dropView(QualifiedName name) {
        if (!catalog.dropView(session, id(name))) {
            throw new NoSuchViewException("View '%s' does not exist", name);
        }
    }

    void renameView(QualifiedName name, QualifiedName to) {
        catalog.renameView(session, id(name), id(to));
    }

    @Override
    public void close() {
        scope.close();
    }
}
