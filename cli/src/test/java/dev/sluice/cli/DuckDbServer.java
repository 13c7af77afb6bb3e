package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.sluice.core.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.NoOpFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/**
 * Another server that speaks as Sluice does: DuckDB alone behind Flight SQL, so that the client can be tried without
 * all of Sluice. A prepared statement's handle is its text; each statement has a connection of its own.
 */
final class DuckDbServer extends NoOpFlightSqlProducer implements AutoCloseable {
    private static final Pattern CARET = Pattern.compile("LINE (\\d+): .*\\n( *)\\^");
    private static final List<String> QUERIES = List.of("SELECT", "FROM", "WITH", "VALUES", "SHOW", "DESCRIBE");
    private static final int BATCH_ROWS = 2_048;
    private static final int ANSWER_BYTES = 16;
    private static final Schema NO_ROWS = new Schema(List.of());

    /** Counts down when a stream ended since its client cancelled it. */
    final CountDownLatch cancelled = new CountDownLatch(1);

    private final Scope scope = Scope.open();
    private final RootAllocator allocator = scope.own(new RootAllocator());
    private final FlightServer server;

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    DuckDbServer() throws IOException {
        var listener = FlightServer.builder(allocator, Location.forGrpcInsecure("127.0.0.1", 0), this);
        server = scope.own(listener.build()).start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getPort(), false);
    }

    @Override
    public void createPreparedStatement(
            FlightSql.ActionCreatePreparedStatementRequest request, CallContext context, StreamListener<Result> out) {
        var sql = request.getQuery();
        try {
            var schema = isQuery(sql)
                    ? withRows(sql, reader -> reader.getVectorSchemaRoot().getSchema())
                    : NO_ROWS;
            var answer = FlightSql.ActionCreatePreparedStatementResult.newBuilder()
                    .setPreparedStatementHandle(ByteString.copyFromUtf8(sql))
                    .setDatasetSchema(schema.getFields().isEmpty() ? ByteString.EMPTY : serialize(schema))
                    .build();
            out.onNext(new Result(Any.pack(answer).toByteArray()));
            out.onCompleted();
        } catch (SQLException | IOException e) {
            out.onError(failure(e));
        }
    }

    @Override
    public FlightInfo getFlightInfoPreparedStatement(
            FlightSql.CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        var ticket = new Ticket(Any.pack(command).toByteArray());
        return new FlightInfo(NO_ROWS, descriptor, List.of(new FlightEndpoint(ticket)), -1, -1);
    }

    @Override
    public void getStreamPreparedStatement(
            FlightSql.CommandPreparedStatementQuery command, CallContext context, ServerStreamListener out) {
        var sql = command.getPreparedStatementHandle().toStringUtf8();
        try {
            withRows(sql, reader -> {
                out.start(reader.getVectorSchemaRoot());
                while (!out.isCancelled() && reader.loadNextBatch()) {
                    while (!out.isReady() && !out.isCancelled()) {
                        Thread.onSpinWait();
                    }
                    out.putNext();
                }
                return out;
            });
            if (out.isCancelled()) {
                cancelled.countDown();
            } else {
                out.completed();
            }
        } catch (SQLException | IOException e) {
            out.error(failure(e));
        }
    }

    @Override
    public Runnable acceptPutPreparedStatementUpdate(
            FlightSql.CommandPreparedStatementUpdate command,
            CallContext context,
            FlightStream parameters,
            StreamListener<PutResult> out) {
        return () -> {
            try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                    var statement = connection.createStatement();
                    var answer = allocator.buffer(ANSWER_BYTES)) {
                var count = statement.executeLargeUpdate(
                        command.getPreparedStatementHandle().toStringUtf8());
                var bytes = FlightSql.DoPutUpdateResult.newBuilder()
                        .setRecordCount(count)
                        .build()
                        .toByteArray();
                answer.writeBytes(bytes);
                out.onNext(PutResult.metadata(answer));
                out.onCompleted();
            } catch (SQLException e) {
                out.onError(failure(e));
            }
        };
    }

    @Override
    public void closePreparedStatement(
            FlightSql.ActionClosePreparedStatementRequest request, CallContext context, StreamListener<Result> out) {
        out.onCompleted();
    }

    @Override
    public void doAction(CallContext context, Action action, StreamListener<Result> out) {
        if ("sluice.progress".equals(action.getType())) {
            out.onNext(new Result("[{\"id\":\"q\",\"percent\":42.0,\"rows\":123,\"seconds\":1.2}]".getBytes(UTF_8)));
            out.onCompleted();
        } else {
            super.doAction(context, action, out);
        }
    }

    /** What is done with the rows of a query. */
    private interface Use<T> {
        T of(ArrowReader reader) throws IOException;
    }

    private <T> T withRows(String sql, Use<T> use) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
            try (var settings = connection.createStatement()) {
                settings.execute("SET jdbc_stream_results = true");
            }
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(sql).unwrap(DuckDBResultSet.class);
                    var reader = (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS)) {
                return use.of(reader);
            }
        }
    }

    private static boolean isQuery(String sql) {
        return QUERIES.stream().anyMatch(sql.toUpperCase(Locale.ROOT)::startsWith);
    }

    private static ByteString serialize(Schema schema) throws IOException {
        var bytes = new ByteArrayOutputStream();
        MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private static FlightRuntimeException failure(Exception e) {
        var message = String.valueOf(e.getMessage());
        var metadata = new ErrorFlightMetadata();
        metadata.insert("sluice-code", "INVALID_STATEMENT");
        metadata.insert("sqlstate", "42000");
        var caret = CARET.matcher(message);
        if (caret.find()) {
            var label = "LINE " + caret.group(1) + ": ";
            metadata.insert("sluice-line", caret.group(1));
            metadata.insert("sluice-column", Integer.toString(caret.group(2).length() - label.length() + 1));
        }
        return CallStatus.INVALID_ARGUMENT
                .withDescription(message.lines().findFirst().orElse(""))
                .withMetadata(metadata)
                .toRuntimeException();
    }

    @Override
    public void close() {
        scope.close();
    }
}
