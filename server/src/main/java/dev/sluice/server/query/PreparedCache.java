package dev.sluice.server.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.catalog.Commit;
import dev.sluice.planner.Statement;
import dev.sluice.server.session.Session;
import java.util.Optional;

/**
 * Queries that were planned and described, by their text and by what that was read against: the JDBC driver prepares a
 * statement each time it runs. Thread-safe.
 */
final class PreparedCache {
    /** Characters of SQL that are kept, with {@link #PLAN} for what stands beside each text. */
    private static final long MAX_CHARACTERS = 10_000_000;

    /** A short text's plan is no smaller; where each statement reads a commit of its own, none is found again. */
    private static final int PLAN = 2_000;

    private record Key(String sql, Commit commit, String schema) {}

    private final Cache<Key, Prepared> prepared = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Key key, Prepared _) -> key.sql().length() + PLAN)
            .build();

    Optional<Prepared> find(Session session, Commit commit, String sql) {
        return Optional.ofNullable(prepared.getIfPresent(key(session, commit, sql)))
                .map(known -> known.in(session));
    }

    /** Keeps what stays true as long as the commit is read; what names another ref does not. */
    void add(Session session, Prepared added) {
        var plan = added.plan();
        if (plan.statement() instanceof Statement.Query && !plan.readsOtherRefs()) {
            prepared.put(key(session, plan.commit(), plan.sql()), added);
        }
    }

    private static Key key(Session session, Commit commit, String sql) {
        return new Key(sql, commit, session.state().schema());
    }
}
