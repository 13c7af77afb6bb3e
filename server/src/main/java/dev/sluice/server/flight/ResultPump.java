package dev.sluice.server.flight;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.server.query.Result;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.IpcOption;

/**
 * Sends a result at its client's pace: a batch is computed when the client is ready for it, so a client that stops
 * reading stops the scan, and one that goes away cancels it.
 */
final class ResultPump {
    private ResultPump() {}

    static void send(Result result, ServerStreamListener listener) {
        var pressure = new CancellingPressure(result);
        pressure.register(listener);
        var source = result.root();
        var fields = ResultFields.annotated(result.schema()).getFields();
        // The root is not closed: its vectors are the result's own.
        @SuppressWarnings("resource")
        var root = new VectorSchemaRoot(fields, source.getFieldVectors(), 0);
        listener.start(root, null, IpcOption.DEFAULT);
        while (result.next()) {
            if (pressure.waitForListener(0) == WaitResult.CANCELLED) {
                return;
            }
            root.setRowCount(result.root().getRowCount());
            listener.putNext();
        }
        listener.completed();
    }

    private static final class CancellingPressure extends CallbackBackpressureStrategy {
        private final Result result;

        private CancellingPressure(Result result) {
            this.result = result;
        }

        @Override
        protected void cancelCallback() {
            result.cancel(new Failure.Cancelled(Code.CANCELLED, "The client went away"));
        }
    }
}
