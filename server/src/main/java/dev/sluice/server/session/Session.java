package dev.sluice.server.session;

import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One client's place in the lake: its ref and its default schema. Thread-safe. */
public final class Session {
    /**
     * What the session sees.
     *
     * @param ref the ref it uses, once that is known
     * @param refName a name that the client gave when it connected, which is looked up by the first statement
     */
    public record State(Optional<Ref> ref, String refName, String schema) {}

    private final String id;
    private final String user;
    private final AtomicReference<State> state;
    private final AtomicReference<Optional<Transaction>> transaction = new AtomicReference<>(Optional.empty());

    Session(String id, String user, State state) {
        this.id = id;
        this.user = user;
        this.state = new AtomicReference<>(state);
    }

    /** The same client in the same place, with no transaction: for work of which this session must not know. */
    public Session apart() {
        return new Session(id, user, state());
    }

    /** A secret: whoever knows it is this session. */
    public String id() {
        return id;
    }

    /** The author of the session's commits. */
    public String user() {
        return user;
    }

    public State state() {
        return state.get();
    }

    /** Reads and writes go to this ref from now on. */
    public void use(Ref ref) {
        state.updateAndGet(s -> new State(Optional.of(ref), ref.name(), s.schema()));
    }

    /** What the session's statements are part of, if it has begun one. */
    public Optional<Transaction> transaction() {
        return transaction.get();
    }

    /** The session's statements are part of this one from now on; there was none. */
    public void attach(Transaction begun) {
        transaction.set(Optional.of(begun));
    }

    /** The transaction is over. */
    public void detach(Transaction ended) {
        transaction.updateAndGet(current -> current.filter(t -> t != ended));
    }

    /** Names without a schema are in this schema from now on. */
    public void useSchema(String schema) {
        state.updateAndGet(s -> new State(s.ref(), s.refName(), schema));
    }
}
