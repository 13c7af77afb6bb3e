package dev.sluice.cli;

import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The streams of a result, one after the other. */
final class FlightRows implements Rows, AutoCloseable {
    private final FlightSqlClient flight;
    private final Iterator<FlightEndpoint> rest;
    private FlightStream stream;

    /** @param endpoints at least one */
    FlightRows(FlightSqlClient flight, List<FlightEndpoint> endpoints) {
        this.flight = flight;
        this.rest = endpoints.iterator();
        this.stream = flight.getStream(rest.next().getTicket());
    }

    @Override
    public Schema schema() {
        return stream.getSchema();
    }

    @Override
    public boolean next() {
        while (!stream.next()) {
            if (!rest.hasNext()) {
                return false;
            }
            close();
            stream = flight.getStream(rest.next().getTicket());
        }
        return true;
    }

    @Override
    public VectorSchemaRoot batch() {
        return stream.getRoot();
    }

    /** Cancels what is still to come. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException("Could not close a result", e);
        }
    }
}
