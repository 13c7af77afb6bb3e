package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.iceberg.io.FileIO;

/**
 * How far back a warehouse can be read: the cut-off of the last garbage collection, in a file beside the tables. Of
 * commits before it, only those that were a branch's or a tag's head at that time are sure to have their files.
 * Thread-safe.
 */
final class Horizon {
    private final Path file;
    private final FileIO io;

    Horizon(Path warehouse, FileIO io) {
        this.file = warehouse.resolve(".horizon");
        this.io = io;
    }

    /** The distant past where nothing was ever collected. */
    Instant time() {
        try {
            return Files.exists(file) ? Instant.parse(Files.readString(file).strip()) : Instant.MIN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves it forward, on disk before this returns; it never goes back. */
    void advance(Instant time) {
        if (time.isAfter(time())) {
            try (var stream = io.newOutputFile(file.toString()).createOrOverwrite()) {
                stream.write(time.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
