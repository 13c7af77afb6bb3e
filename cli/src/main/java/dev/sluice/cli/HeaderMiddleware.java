package dev.sluice.cli;

import java.util.Map;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightClientMiddleware;

/** Sends the same headers with each call, as the JDBC driver does with its URL's parameters. */
record HeaderMiddleware(Map<String, String> headers) implements FlightClientMiddleware {
    HeaderMiddleware {
        headers = Map.copyOf(headers);
    }

    @Override
    public void onBeforeSendingHeaders(CallHeaders outgoing) {
        headers.forEach(outgoing::insert);
    }

    @Override
    public void onHeadersReceived(CallHeaders incoming) {}

    @Override
    public void onCallCompleted(CallStatus status) {}
}
