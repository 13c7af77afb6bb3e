package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The shapes that a result can be written in. */
enum Format {
    TABLE("txt"),
    CSV("csv"),
    JSON("json"),
    JSONL("jsonl"),
    MARKDOWN("md"),
    PARQUET("parquet"),
    ARROW("arrow");

    private final String extension;

    Format(String extension) {
        this.extension = extension;
    }

    /** The format that a file's name speaks of. */
    static Optional<Format> of(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.extension))
                .findFirst();
    }

    boolean isBinary() {
        return this == PARQUET || this == ARROW;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
