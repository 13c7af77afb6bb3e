package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.FunctionVersion;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.FunctionLookup;
import dev.sluice.udf.runtime.UdfSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The users' functions at a statement's commit. Thread-safe. */
final class CatalogFunctions implements FunctionLookup {
    private final Catalog catalog;
    private final Commit commit;
    private final Map<QualifiedName, UdfSource> found = new ConcurrentHashMap<>();

    CatalogFunctions(Catalog catalog, Commit commit) {
        this.catalog = catalog;
        this.commit = commit;
    }

    @Override
    public Optional<FunctionKind> find(QualifiedName function) {
        return source(function).map(UdfSource::kind);
    }

    /** The function that planning found. */
    UdfSource load(QualifiedName function) {
        return source(function)
                .orElseThrow(
                        () -> new IllegalStateException("Function " + function + " was planned, but is not there"));
    }

    private Optional<UdfSource> source(QualifiedName function) {
        var known = found.get(function);
        if (known != null) {
            return Optional.of(known);
        }
        var source = catalog.findFunction(function, commit)
                .map(FunctionVersion::document)
                .map(FunctionDocument::read);
        source.ifPresent(s -> found.put(function, s));
        return source;
    }
}
