package dev.sluice.server.query;

import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Filter;
import dev.sluice.server.session.Session;
import java.util.Optional;

/** Hears which rows of which tables a statement reads. */
interface ReadLog {
    ReadLog NONE = (_, _) -> {};

    /**
     * Hears of rows of a table.
     *
     * @param filter what they satisfy; absent for all
     */
    void read(TableVersion table, Optional<Filter> filter);

    /** A transaction remembers what its statements read. */
    static ReadLog of(Session session) {
        return session.transaction()
                .<ReadLog>map(transaction -> transaction::read)
                .orElse(NONE);
    }
}
