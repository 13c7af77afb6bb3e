package dev.sluice.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A file outside of the lake that COPY INTO has read for a table.
 *
 * @param key which file it was
 * @param loaded when
 * @param skippedRows rows of it that were left out, as far as they were counted
 * @param firstError why the first of them was
 */
public record LoadedFile(Key key, Instant loaded, Outcome outcome, long skippedRows, Optional<String> firstError) {

    /**
     * What makes a file the same file.
     *
     * @param name its path or URI
     * @param bytes its length
     * @param version the time of its last change, or its ETag
     */
    public record Key(String name, long bytes, String version) {}

    /** What became of a file. */
    public enum Outcome {
        LOADED,
        /** Some of its rows were left out. */
        PARTLY,
        /** None of its rows were taken, and a later COPY INTO tries it again. */
        SKIPPED
    }
}
