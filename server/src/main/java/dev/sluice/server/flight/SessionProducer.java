package dev.sluice.server.flight;

import com.google.protobuf.ByteString;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.engine.Cancellation;
import dev.sluice.server.query.Queries;
import dev.sluice.server.session.Session;
import dev.sluice.server.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest.EndTransaction;

/** The sessions and transactions in which calls are answered. */
abstract class SessionProducer extends MetadataProducer {
    private final Queries queries;
    private final Sessions sessions;

    SessionProducer(FlightListener.Services services, MetadataResults metadata) {
        super(metadata);
        this.queries = services.queries();
        this.sessions = services.sessions();
    }

    /** The session of a transaction, or of the call where it names none. */
    protected Session session(CallContext context, ByteString transaction) {
        return transaction.isEmpty()
                ? session(context)
                : sessions.find(transaction.toStringUtf8())
                        .orElseThrow(() -> new Failure.Invalid(
                                        Code.NO_ACTIVE_TRANSACTION,
                                        "The transaction is not known: it was ended or rolled back, begin another",
                                        Optional.empty())
                                .exception());
    }

    protected static Session session(CallContext context) {
        return SessionMiddleware.of(context);
    }

    @Override
    public void closeSession(
            CloseSessionRequest request, CallContext context, StreamListener<CloseSessionResult> listener) {
        answering(listener, () -> {
            sessions.close(session(context));
            listener.onNext(new CloseSessionResult(CloseSessionResult.Status.CLOSED));
        });
    }

    /** Each transaction has a session of its own, so that a client may have several. */
    @Override
    public void beginTransaction(
            ActionBeginTransactionRequest request,
            CallContext context,
            StreamListener<ActionBeginTransactionResult> listener) {
        answering(listener, () -> {
            var session = sessions.openBeside(session(context));
            run(session, "BEGIN");
            listener.onNext(ActionBeginTransactionResult.newBuilder()
                    .setTransactionId(ByteString.copyFromUtf8(session.id()))
                    .build());
        });
    }

    @Override
    public void endTransaction(
            ActionEndTransactionRequest request, CallContext context, StreamListener<Result> listener) {
        answering(listener, () -> {
            var session = session(context, request.getTransactionId());
            try {
                run(session, request.getAction() == EndTransaction.END_TRANSACTION_COMMIT ? "COMMIT" : "ROLLBACK");
            } finally {
                sessions.close(session);
            }
        });
    }

    protected static void answering(StreamListener<?> listener, Runnable call) {
        try {
            call.run();
            listener.onCompleted();
        } catch (Throwable t) {
            listener.onError(FlightFailures.status(t).toRuntimeException());
        }
    }

    private void run(Session session, String sql) {
        queries.update(queries.prepare(session, sql), List.of(List.of()), new Cancellation());
    }
}
