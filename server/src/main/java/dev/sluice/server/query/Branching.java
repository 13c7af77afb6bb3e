package dev.sluice.server.query;

import dev.sluice.catalog.Branches;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Forks;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;

/** What only a catalog with commits and branches has, asked for by what needs it. */
final class Branching {
    private Branching() {}

    /** @param statement what needs them, as the message begins */
    static Branches branches(Catalog catalog, String statement) {
        return catalog.branches().orElseThrow(() -> missing(statement));
    }

    static Forks forks(Catalog catalog) {
        return catalog.forks()
                .orElseThrow(() -> missing("A transaction that writes (COMMIT or ROLLBACK, and write without one)"));
    }

    private static FailureException missing(String statement) {
        return Failure.unsupported(statement + " is not supported by this catalog, which keeps no commits and branches;"
                        + " one with catalog.type = embedded or nessie does")
                .exception();
    }
}
