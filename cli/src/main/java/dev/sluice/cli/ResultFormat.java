package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a result; all but a table's first rows stream through. */
interface ResultFormat {

    /** Writes all rows and tells how many there were; does not close {@code out}. */
    long write(Rows rows, OutputStream out) throws IOException;
}
