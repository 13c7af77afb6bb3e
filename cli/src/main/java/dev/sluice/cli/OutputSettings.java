package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How and where results are written.
 *
 * @param file where they go instead of to the console
 * @param maxRows how many rows a table shows
 */
record OutputSettings(Format format, Optional<Path> file, OptionalInt maxRows) {
    static final OutputSettings TABLE =
            new OutputSettings(Format.TABLE, Optional.empty(), OptionalInt.of(TableFormat.DEFAULT_ROWS));

    OutputSettings withFormat(Format other) {
        return new OutputSettings(other, file, maxRows);
    }

    OutputSettings withFile(Optional<Path> other) {
        return new OutputSettings(other.flatMap(Format::of).orElse(format), other, maxRows);
    }

    /** Whether people read the results where they are written. */
    boolean isForReading() {
        return format == Format.TABLE && file.isEmpty();
    }
}
