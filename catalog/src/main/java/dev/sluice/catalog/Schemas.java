package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Ref;
import java.util.List;
import org.projectnessie.model.Namespace;
import org.projectnessie.model.Operation;

/** Schemas, which are Nessie's namespaces: made and dropped. Thread-safe. */
final class Schemas {
    private final History history;
    private final Names names;

    Schemas(History history, Names names) {
        this.history = history;
        this.names = names;
    }

    CommitOutcome create(Ref.Branch branch, String name, CommitNote note) {
        var head = history.resolve(branch);
        names.at(head).findSchema(name).ifPresent(existing -> {
            throw CatalogFailures.exists(Code.SCHEMA_EXISTS, "Schema '" + existing + "' exists already");
        });
        var create = Operation.Put.of(Names.key(name), Namespace.of(name));
        return history.commit(branch, head, List.of(create), note);
    }

    CommitOutcome drop(Ref.Branch branch, String name, CommitNote note) {
        var head = history.resolve(branch);
        var drop = Operation.Delete.of(Names.key(names.at(head).loadSchema(name)));
        return history.commit(branch, head, List.of(drop), note);
    }
}
