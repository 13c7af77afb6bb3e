package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.Optional;

/** Names in a REST catalog: schemas, which are its namespaces of one level, and new names of tables and views. */
final class RestNames {
    private final RestServer server;
    private final RestCalls calls;
    private final RestStates states;

    RestNames(RestServer server, RestCalls calls, RestStates states) {
        this.server = server;
        this.calls = calls;
        this.states = states;
    }

    private RestState now(Ref.Branch branch) {
        return states.at(begin(branch));
    }

    private Commit begin(Ref.Branch branch) {
        return states.begin(branch, Optional.empty());
    }

    CommitOutcome createSchema(Ref.Branch branch, String name) {
        now(branch).findSchema(name).ifPresent(existing -> {
            throw CatalogFailures.exists(Code.SCHEMA_EXISTS, "Schema '" + existing + "' exists already");
        });
        return calls.change("CREATE SCHEMA " + name, () -> {
            server.createSchema(name);
            return begin(branch);
        });
    }

    /** Asks what is in it first, since a server may drop what is not empty. */
    CommitOutcome dropSchema(Ref.Branch branch, String name) {
        var state = now(branch);
        var stored = state.loadSchema(name);
        if (!state.isEmpty(stored)) {
            throw CatalogFailures.invalid(Code.SCHEMA_NOT_EMPTY, "Schema '" + stored + "' is not empty");
        }
        return calls.change("DROP SCHEMA " + stored, () -> {
            server.dropSchema(stored);
            return begin(branch);
        });
    }

    /** What has a new name is the same table or view: its history and its files stay. */
    CommitOutcome rename(Ref.Branch branch, Change.Rename change) {
        var state = now(branch);
        var table = state.table(change.name()).map(RestState.Table::name);
        var name = table.or(() -> state.view(change.name()).map(RestState.View::name))
                .orElseThrow(() -> CatalogFailures.tableNotFound(change.name()));
        var to = changesCaseAlone(name, change.to())
                ? new QualifiedName(name.schema(), change.to().name())
                : state.freeName(change.to());
        return calls.change("Renaming '" + name + "'", () -> {
            if (table.isPresent()) {
                server.renameTable(name, to);
            } else {
                server.renameView(name, to);
            }
            return begin(branch);
        });
    }

    private static boolean changesCaseAlone(QualifiedName name, QualifiedName to) {
        return name.folded().equals(to.folded());
    }
}
