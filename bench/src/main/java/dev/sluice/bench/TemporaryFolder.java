package dev.sluice.bench;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A folder that is removed, with all that is in it, when closed. */
record TemporaryFolder(Path path) implements AutoCloseable {
    private static final String PREFIX = "sluice-bench-";

    /** A new folder in the given one, or where the system has such folders. */
    @MustBeClosed
    static TemporaryFolder create(@Nullable Path parent) throws IOException {
        return new TemporaryFolder(
                parent == null ? Files.createTempDirectory(PREFIX) : Files.createTempDirectory(parent, PREFIX));
    }

    @Override
    public void close() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
