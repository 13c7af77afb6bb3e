package dev.sluice.catalog;

import dev.sluice.s3.ObjectCache;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.io.FileIO;

/**
 * Iceberg's files, and where each of them lies on the server's disk when it does. A location is what metadata writes
 * down, a path is what the server's other modules know a file by. Thread-safe.
 */
interface WarehouseIO extends FileIO {
    /** The files of a warehouse: in a folder, or objects whose places are in the cache. */
    static WarehouseIO of(Path warehouse, Optional<ObjectCache> objects) {
        var local = new LocalFileIO(Relocation.of(warehouse));
        return objects.<WarehouseIO>map(cache -> new ObjectFileIO(cache, local)).orElse(local);
    }

    /** The path of the file that a location names. */
    Path path(String location);

    /** The location by which metadata names the file of a path. */
    String location(Path path);

    /** The path without links, as {@link #visit} gives it where it is asked for a folder without links. */
    Path real(Path path);

    /** Takes new files from their paths to their locations; where this fails, none has become anything. */
    void publish(Collection<Path> files);

    /** Deletes files that were published for a commit which did not happen, but for what lies at their paths. */
    void withdraw(Collection<Path> files);

    /**
     * A file as it is stored.
     *
     * @param written when it was written last
     */
    record Stored(Path path, long bytes, Instant written) {}

    /** Tells of every file below a folder; nothing where there is none. */
    void visit(Path folder, Consumer<Stored> visitor);
}
