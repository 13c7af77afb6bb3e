package dev.sluice.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Scope;
import io.grpc.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * One session with a server. Runs one statement at a time; {@link #cancel} and {@link #progress} may come from other
 * threads while it runs.
 */
final class SluiceClient implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1 << 30;

    private final Endpoint endpoint;
    private final BufferAllocator allocator;
    private final FlightClient calls;
    private final FlightSqlClient sql;
    private final Scope scope;
    private final AtomicReference<Optional<Context.CancellableContext>> running =
            new AtomicReference<>(Optional.empty());

    private SluiceClient(
            Endpoint endpoint, BufferAllocator allocator, FlightClient calls, FlightSqlClient sql, Scope scope) {
        this.endpoint = endpoint;
        this.allocator = allocator;
        this.calls = calls;
        this.sql = sql;
        this.scope = scope;
    }

    /** Opens a session; the server is first spoken to by the first statement. */
    @MustBeClosed
    static SluiceClient open(Endpoint endpoint, Map<String, String> headers) {
        return Scope.handOver(scope -> {
            var allocator = scope.own(new RootAllocator());
            var calls = FlightClient.builder(allocator, endpoint.location())
                    .intercept(new ClientCookieMiddleware.Factory())
                    .intercept(_ -> new HeaderMiddleware(headers))
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .build();
            var sql = scope.own(new FlightSqlClient(calls));
            return new SluiceClient(endpoint, allocator, calls, sql, scope);
        });
    }

    BufferAllocator allocator() {
        return allocator;
    }

    /** Runs a statement to its end. If it gives rows, {@code handler} takes them and tells how many there were. */
    @CanIgnoreReturnValue
    Outcome run(String statement, Function<Rows, Long> handler) {
        return cancellable(() -> sql.prepare(statement), prepared -> {
            if (prepared.getResultSetSchema().getFields().isEmpty()) {
                return new Outcome.Changed(Math.max(0, prepared.executeUpdate()));
            }
            return new Outcome.Returned(fetch(prepared.execute(), handler));
        });
    }

    /** The tables that the session can see, with their columns, as Flight SQL describes them. */
    <T> T tables(Function<Rows, T> handler) {
        return call(() -> fetch(sql.getTables(null, null, null, null, true), handler));
    }

    /** What this session's running statements have done, as the server's JSON. */
    String progress() {
        return call(() -> {
            var answers = new ArrayList<String>();
            // read to its end, or the call stays open
            calls.doAction(new Action("sluice.progress"))
                    .forEachRemaining(result -> answers.add(new String(result.getBody(), StandardCharsets.UTF_8)));
            return answers.isEmpty() ? "[]" : answers.getFirst();
        });
    }

    /** Ends the running statement, whichever call it waits in. Does nothing if none runs. */
    void cancel() {
        running.get().ifPresent(context -> context.cancel(null));
    }

    private <T> T fetch(FlightInfo info, Function<Rows, T> handler) {
        try (var rows = new FlightRows(sql, info.getEndpoints())) {
            return handler.apply(rows);
        }
    }

    /**
     * A gRPC call ends when the context in which it began is cancelled, so one context for all calls of a statement
     * lets {@link #cancel} reach whichever is under way. The statement's handle is given back outside of it.
     */
    private Outcome cancellable(Supplier<PreparedStatement> prepare, Function<PreparedStatement, Outcome> body) {
        return call(() -> {
            var context = Context.ROOT.withCancellation();
            running.set(Optional.of(context));
            Optional<PreparedStatement> prepared = Optional.empty();
            var outer = context.attach();
            try {
                prepared = Optional.of(prepare.get());
                return body.apply(prepared.get());
            } finally {
                context.detach(outer);
                running.set(Optional.empty());
                context.cancel(null);
                prepared.ifPresent(PreparedStatement::close);
            }
        });
    }

    private <T> T call(Supplier<T> body) {
        try {
            return body.get();
        } catch (FlightRuntimeException e) {
            throw StatementException.of(e, endpoint);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
