package dev.sluice.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One way to change the rows. Confined to one thread. */
interface Contender {
    String name();

    /** Changes the rows as they were in the beginning, and leaves no trace of it for the next time. */
    Sample measure(RowChange change) throws SQLException, IOException;

    /**
     * What one change took.
     *
     * @param seconds until the changed rows were durable
     * @param bytes of all files that it wrote
     * @param readSeconds to read all rows afterwards
     * @param answer the same for the same rows
     */
    record Sample(double seconds, long bytes, double readSeconds, String answer) {}
}
