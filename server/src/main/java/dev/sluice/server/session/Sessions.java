package dev.sluice.server.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens, finds and ends sessions. Thread-safe. */
public final class Sessions {
    private static final int ID_BYTES = 16;

    private final SessionConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Session> open;

    /** @param onEnd hears of each session that has ended */
    public Sessions(SessionConfig config, Consumer<Session> onEnd) {
        this.config = config;
        this.open = Caffeine.newBuilder()
                .maximumSize(config.maxSessions())
                .expireAfterAccess(config.idleTimeout())
                .executor(Runnable::run)
                .removalListener((@Nullable String _, @Nullable Session ended, RemovalCause _) -> {
                    if (ended != null) {
                        onEnd.accept(ended);
                    }
                })
                .build();
    }

    /**
     * A new session.
     *
     * @param ref name of a branch or tag, or a hash, which the first statement looks up
     */
    public Session open(String user, Optional<String> ref, Optional<String> schema) {
        var state = new Session.State(
                Optional.empty(), ref.orElse(config.defaultBranch()), schema.orElse(config.defaultSchema()));
        var session = new Session(newId(), user, state);
        open.put(session.id(), session);
        return session;
    }

    /** A session that sees at first what another one sees: each of its transactions, if it has several at once. */
    public Session openBeside(Session other) {
        var session = new Session(newId(), other.user(), other.state());
        open.put(session.id(), session);
        return session;
    }

    /** The session of this id, unless it has ended. */
    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.getIfPresent(id));
    }

    public void close(Session session) {
        open.invalidate(session.id());
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
