package dev.sluice.server.query;

import dev.sluice.catalog.Commit;
import dev.sluice.planner.Statement;

/**
 * A statement, and the state of the lake that it was planned against.
 *
 * @param commit what it reads where it names no ref
 */
record Plan(String sql, Statement statement, Commit commit, CatalogTables tables, CatalogFunctions functions) {
    /** Whether a newer commit of another ref than the session's own could change what the statement means. */
    boolean readsOtherRefs() {
        return tables.readsOtherRefs();
    }
}
