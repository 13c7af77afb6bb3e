package dev.sluice.server.flight;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.engine.Cancellation;
import dev.sluice.server.query.Result;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.IpcOption;

/**
 * Sends a result at its client's pace: a batch is computed when the client is ready for it, so a client that stops
 * reading stops the scan, and one that goes away cancels it, from the moment when the pump is made.
 */
final class ResultPump extends CallbackBackpressureStrategy {
    private final ServerStreamListener listener;
    private final Cancellation cancellation = new Cancellation();

    ResultPump(ServerStreamListener listener) {
        this.listener = listener;
        register(listener);
    }

    /** What ends the statement whose result will be sent. */
    Cancellation cancellation() {
        return cancellation;
    }

    void send(Result result) {
        var source = result.root();
        var fields = ResultFields.annotated(result.schema()).getFields();
        // The root is not closed: its vectors are the result's own.
        @SuppressWarnings("resource")
        var root = new VectorSchemaRoot(fields, source.getFieldVectors(), 0);
        listener.start(root, null, IpcOption.DEFAULT);
        while (result.next()) {
            if (waitForListener(0) == WaitResult.CANCELLED) {
                return;
            }
            root.setRowCount(result.root().getRowCount());
            listener.putNext();
        }
        listener.completed();
    }

    @Override
    protected void cancelCallback() {
        cancellation.cancel(new Failure.Cancelled(Code.CANCELLED, "The client went away"));
    }
}
