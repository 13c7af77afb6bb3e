package dev.sluice.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sluice.server.query.Ingests;
import dev.sluice.server.query.Prepared;
import dev.sluice.server.query.Queries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Statements over Flight SQL: calls in, {@link Queries} asked, results out; no logic of its own. */
final class SluiceFlightProducer extends SessionProducer {
    private static final String PROGRESS = "sluice.progress";

    private final Queries queries;
    private final Ingests ingests;
    private final Handles handles;
    private final Executor executor;
    private final BufferAllocator allocator;

    SluiceFlightProducer(
            FlightListener.Services services,
            Handles handles,
            MetadataResults metadata,
            Executor executor,
            BufferAllocator allocator) {
        super(services, metadata);
        this.queries = services.queries();
        this.ingests = services.ingests();
        this.handles = handles;
        this.executor = executor;
        this.allocator = allocator;
    }

    @Override
    public FlightInfo getFlightInfoStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightFailures.translating(() -> {
            var prepared = queries.prepare(session(context, command.getTransactionId()), command.getQuery());
            var ticket = TicketStatementQuery.newBuilder()
                    .setStatementHandle(handles.add(prepared))
                    .build();
            return info(ticket, descriptor, prepared);
        });
    }

    @Override
    public FlightInfo getFlightInfoPreparedStatement(
            CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightFailures.translating(() -> info(
                command,
                descriptor,
                handles.load(command.getPreparedStatementHandle()).prepared()));
    }

    private static FlightInfo info(Message ticket, FlightDescriptor descriptor, Prepared prepared) {
        var endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
        return FlightInfo.builder(ResultFields.annotated(prepared.result()), descriptor, List.of(endpoint))
                .build();
    }

    @Override
    public SchemaResult getSchemaStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightFailures.translating(() -> new SchemaResult(
                ResultFields.annotated(queries.prepare(session(context, command.getTransactionId()), command.getQuery())
                        .result())));
    }

    @Override
    public void getStreamStatement(TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
        stream(listener, () -> {
            var handle = handles.load(ticket.getStatementHandle());
            handles.remove(ticket.getStatementHandle());
            return handle;
        });
    }

    @Override
    public void getStreamPreparedStatement(
            CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
        stream(listener, () -> handles.load(command.getPreparedStatementHandle()));
    }

    /**
     * Leaves the call's own thread, on which Flight tells that the client is ready or gone: a thread that computes
     * would never hear it.
     */
    private void stream(ServerStreamListener listener, Supplier<Handles.Handle> handle) {
        var pump = new ResultPump(listener);
        try {
            executor.execute(() -> send(handle, pump, listener));
        } catch (RejectedExecutionException e) {
            listener.error(CallStatus.RESOURCE_EXHAUSTED
                    .withDescription("The server serves as many calls as it may: try again, or raise flight.threads")
                    .toRuntimeException());
        }
    }

    private void send(Supplier<Handles.Handle> handle, ResultPump pump, ServerStreamListener listener) {
        try {
            var found = handle.get();
            var parameters = found.rows().isEmpty()
                    ? List.<@Nullable Object>of()
                    : found.rows().getFirst();
            if (found.prepared().isUpdate()) {
                queries.update(found.prepared(), List.of(parameters), pump.cancellation());
                metadata.none(new Schema(List.of()), listener);
                return;
            }
            try (var result = queries.open(found.prepared(), parameters, pump.cancellation())) {
                pump.send(result);
            }
        } catch (Throwable t) {
            listener.error(FlightFailures.status(t).toRuntimeException());
        }
    }

    @Override
    public void createPreparedStatement(
            ActionCreatePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
        answering(listener, () -> {
            var prepared = queries.prepare(session(context, request.getTransactionId()), request.getQuery());
            var answer = ActionCreatePreparedStatementResult.newBuilder()
                    .setPreparedStatementHandle(handles.add(prepared))
                    .setParameterSchema(serialized(prepared.parameters()))
                    .setDatasetSchema(serialized(ResultFields.annotated(prepared.result())))
                    .build();
            listener.onNext(new Result(Any.pack(answer).toByteArray()));
        });
    }

    @Override
    public void closePreparedStatement(
            ActionClosePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
        answering(listener, () -> handles.remove(request.getPreparedStatementHandle()));
    }

    @Override
    public Runnable acceptPutStatement(
            CommandStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> answering(listener, () -> {
            var prepared = queries.prepare(session(context, command.getTransactionId()), command.getQuery());
            count(listener, update(context, prepared, List.of(List.of())));
        });
    }

    @Override
    public Runnable acceptPutPreparedStatementUpdate(
            CommandPreparedStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> answering(listener, () -> {
            var handle = handles.load(command.getPreparedStatementHandle());
            var rows = ParameterReader.read(stream);
            var runs = handle.prepared().parameters().getFields().isEmpty() || rows.isEmpty()
                    ? List.of(List.<@Nullable Object>of())
                    : rows;
            count(listener, update(context, handle.prepared(), runs));
        });
    }

    @Override
    public Runnable acceptPutPreparedStatementQuery(
            CommandPreparedStatementQuery command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> answering(
                listener, () -> handles.bind(command.getPreparedStatementHandle(), ParameterReader.read(stream)));
    }

    @Override
    public Runnable acceptPutStatementBulkIngest(
            CommandStatementIngest command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> answering(listener, () -> {
            var target = IngestTargets.read(command);
            var session = session(context, command.getTransactionId());
            var columns = stream.getSchema();
            try (var watch = CallWatch.start(context);
                    var rows = new FlightRows(stream, allocator)) {
                count(listener, ingests.ingest(session, target, rows, columns, watch.cancellation()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private long update(CallContext context, Prepared prepared, List<List<@Nullable Object>> rows) {
        try (var watch = CallWatch.start(context)) {
            return queries.update(prepared, rows, watch.cancellation());
        }
    }

    private void count(StreamListener<PutResult> listener, long rows) {
        var bytes = DoPutUpdateResult.newBuilder().setRecordCount(rows).build().toByteArray();
        var buffer = allocator.buffer(bytes.length);
        buffer.writeBytes(bytes);
        try (var result = PutResult.metadata(buffer)) { // which takes the buffer over
            listener.onNext(result);
        }
    }

    @Override
    public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
        if (PROGRESS.equals(action.getType())) {
            answering(listener, () -> {
                var running = ProgressJson.write(queries.running(session(context)));
                listener.onNext(new Result(running.getBytes(StandardCharsets.UTF_8)));
            });
        } else {
            super.doAction(context, action, listener);
        }
    }

    @Override
    public void listActions(CallContext context, StreamListener<ActionType> listener) {
        listener.onNext(new ActionType(PROGRESS, "Running statements of this session, as a JSON array"));
        super.listActions(context, listener);
    }

    private static ByteString serialized(Schema schema) {
        return ByteString.copyFrom(schema.serializeAsMessage());
    }
}
