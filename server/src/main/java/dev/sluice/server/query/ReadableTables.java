package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import java.util.Optional;

/** Tables for listings of columns, which one table of another engine's types must not fail. */
final class ReadableTables {
    private ReadableTables() {}

    /** Empty for a table that is not there, or that has a column of a type which is not read. */
    static Optional<TableVersion> find(Catalog catalog, QualifiedName name, Commit commit) {
        try {
            return catalog.findTable(name, commit);
        } catch (FailureException e) {
            if (e.failure().code() == Code.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
