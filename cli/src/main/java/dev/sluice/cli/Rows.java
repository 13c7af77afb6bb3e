package dev.sluice.cli;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A result on its way, batch by batch. Confined to one thread. */
interface Rows {
    Schema schema();

    /** Moves to the next batch, waiting for it; false at the end. */
    boolean next();

    /** The batch at hand; the same object for the whole result, owned by this. */
    VectorSchemaRoot batch();
}
