package dev.sluice.server.query;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows of a statement, batch by batch. Confined to one thread, except for what cancels it. */
public interface Result extends AutoCloseable {
    Schema schema();

    /** Fills {@link #root()} with the next batch; false at the end. */
    boolean next();

    VectorSchemaRoot root();

    @Override
    void close();
}
