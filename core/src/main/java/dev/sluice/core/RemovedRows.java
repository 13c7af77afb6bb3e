package dev.sluice.core;

import java.nio.LongBuffer;
import java.nio.file.Path;

/** Rows that a write took away from a data file which stays as it is. */
public sealed interface RemovedRows {
    /** The file that lost them. */
    Path dataFile();

    /**
     * In a position delete file of their own.
     *
     * @param positions the delete file, which names this one data file
     */
    record Written(Path dataFile, DataFile positions) implements RemovedRows {}

    /**
     * By their numbers in the file, from 0: all that it has lost, before this write too, so that they can take the
     * place of what said so before.
     *
     * @param rows in order, each once
     */
    record Numbered(Path dataFile, LongBuffer rows) implements RemovedRows {
        public Numbered {
            rows = rows.asReadOnlyBuffer();
        }
    }
}
