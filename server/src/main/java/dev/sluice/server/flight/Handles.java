package dev.sluice.server.flight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.server.query.Prepared;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What clients hold between calls: statements that were planned, and run nothing. A handle is a secret of its client,
 * and goes when nobody has used it for a while. Thread-safe.
 */
final class Handles {
    private static final int ID_BYTES = 16;

    /**
     * A statement, with the values for its parameters that the client has sent.
     *
     * @param rows none where nothing was bound
     */
    record Handle(Prepared prepared, List<List<@Nullable Object>> rows) {}

    private final SecureRandom random = new SecureRandom();
    private final Cache<ByteString, Handle> handles;

    Handles(FlightConfig config) {
        this.handles = Caffeine.newBuilder()
                .maximumSize(config.maxHandles())
                .expireAfterAccess(config.handleTtl())
                .build();
    }

    ByteString add(Prepared prepared) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = ByteString.copyFrom(bytes);
        handles.put(id, new Handle(prepared, List.of()));
        return id;
    }

    Handle load(ByteString id) {
        var handle = handles.getIfPresent(id);
        if (handle == null) {
            throw new Failure.NotFound(
                            Code.INVALID_STATEMENT,
                            "The prepared statement or result is not known: it was closed or expired, prepare it again",
                            Optional.empty())
                    .exception();
        }
        return handle;
    }

    /** The statement runs with these values from now on. */
    void bind(ByteString id, List<List<@Nullable Object>> rows) {
        handles.put(id, new Handle(load(id).prepared(), rows));
    }

    void remove(ByteString id) {
        handles.invalidate(id);
    }
}
