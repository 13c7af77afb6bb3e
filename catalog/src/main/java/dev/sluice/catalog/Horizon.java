package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.iceberg.io.FileIO;

/**
 * How far back a warehouse can be read: the cut-off of the last garbage collection, in a file beside the tables. Of
 * commits before it, only those that were a branch's or a tag's head at that time are sure to have their files.
 * Thread-safe.
 */
final class Horizon {
    private final String location;
    private final FileIO io;

    Horizon(Path warehouse, WarehouseIO io) {
        this.location = io.location(warehouse.resolve(".horizon"));
        this.io = io;
    }

    /** The distant past where nothing was ever collected. */
    Instant time() {
        var file = io.newInputFile(location);
        if (!file.exists()) {
            return Instant.MIN;
        }
        try (var stream = file.newStream()) {
            return Instant.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves it forward, stored before this returns; it never goes back. */
    void advance(Instant time) {
        if (time.isAfter(time())) {
            try (var stream = io.newOutputFile(location).createOrOverwrite()) {
                stream.write(time.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
