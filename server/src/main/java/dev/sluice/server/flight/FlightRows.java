package dev.sluice.server.flight;

import java.io.IOException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches that a client sends, as a reader of Arrow's: one at a time, and none is copied. */
final class FlightRows extends ArrowReader {
    private final FlightStream stream;

    FlightRows(FlightStream stream, BufferAllocator allocator) {
        super(allocator);
        this.stream = stream;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (!stream.next()) {
            return false;
        }
        loadRecordBatch(new VectorUnloader(stream.getRoot()).getRecordBatch());
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    /** The stream is its producer's to close. */
    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return stream.getSchema();
    }
}
