package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The states in which statements see a REST catalog, each under a name that stands for a commit's. A state is kept for
 * as long as the {@link Commit} that names it is in use: the name's very object is what it hangs on. Thread-safe.
 */
final class RestStates {
    private final RestServer server;
    private final RestCalls calls;
    private final Tables tables;
    private final Cache<String, RestState> states =
            Caffeine.newBuilder().weakKeys().build();

    RestStates(RestServer server, RestCalls calls, Tables tables) {
        this.server = server;
        this.calls = calls;
        this.tables = tables;
    }

    /** A new one, which has asked for nothing yet. */
    Commit begin(Ref ref, Optional<Instant> time) {
        var name = UUID.randomUUID().toString().replace("-", "");
        states.put(name, new RestState(server, calls, tables, time));
        return new Commit(ref, name);
    }

    RestState at(Commit commit) {
        var state = states.getIfPresent(commit.hash());
        if (state == null) {
            throw CatalogFailures.refNotFound(new Ref.Hash(commit.hash()));
        }
        return state;
    }
}
