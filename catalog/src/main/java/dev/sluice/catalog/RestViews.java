package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.UpdateRequirements;

/** Views of a REST catalog, where its server has views. Thread-safe. */
final class RestViews {
    private final RestServer server;
    private final RestCalls calls;
    private final RestStates states;
    private final String warehouse;
    private final InstantSource clock;

    RestViews(RestServer server, RestCalls calls, RestStates states, String warehouse, InstantSource clock) {
        this.server = server;
        this.calls = calls;
        this.states = states;
        this.warehouse = warehouse;
        this.clock = clock;
    }

    Optional<ViewVersion> find(QualifiedName name, Commit commit) {
        return states.at(commit)
                .view(name)
                .map(view -> new ViewVersion(
                        view.name(),
                        commit,
                        ViewFormat.definition(view.name(), view.metadata()),
                        Objects.requireNonNullElse(view.metadata().metadataFileLocation(), "")));
    }

    CommitOutcome put(Ref.Branch branch, QualifiedName name, ViewDefinition definition) {
        var state = states.at(states.begin(branch, Optional.empty()));
        var existing = state.view(name);
        var stored = existing.map(RestState.View::name).orElseGet(() -> state.freeName(name));
        var base = existing.map(RestState.View::metadata);
        var folder = warehouse + "/" + Tables.newFolder(stored);
        var view = ViewFormat.defined(base, folder, definition, clock.instant());
        return calls.change("A change of view '" + stored + "'", () -> {
            if (base.isPresent()) {
                var requirements = UpdateRequirements.forReplaceView(base.get(), view.changes());
                server.updateView(stored, requirements, view.changes());
            } else {
                server.createView(stored, view);
            }
            return states.begin(branch, Optional.empty());
        });
    }

    CommitOutcome drop(Ref.Branch branch, QualifiedName name) {
        var stored = states.at(states.begin(branch, Optional.empty()))
                .view(name)
                .map(RestState.View::name)
                .orElseThrow(() -> CatalogFailures.notFound(Code.VIEW_NOT_FOUND, "View '" + name + "' does not exist"));
        return calls.change("DROP VIEW " + stored, () -> {
            server.dropView(stored);
            return states.begin(branch, Optional.empty());
        });
    }
}
