package dev.sluice.cli;

import java.io.IOException;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows as Arrow's own reader, for what takes one. Buffers are shared, not copied. */
final class RowsReader extends ArrowReader {
    private final Rows rows;
    private Optional<RuntimeException> failure = Optional.empty();

    RowsReader(BufferAllocator allocator, Rows rows) {
        super(allocator);
        this.rows = rows;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (!advance()) {
            return false;
        }
        try (var batch = new VectorUnloader(rows.batch()).getRecordBatch()) {
            loadRecordBatch(batch);
        }
        return true;
    }

    private boolean advance() {
        try {
            return rows.next();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Why the rows ended early; what pulls through the C interface passes on no more than a text. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return rows.schema();
    }
}
