package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a warehouse lay when its files were written. Iceberg's metadata names files by whole paths, which a warehouse
 * that was restored elsewhere keeps; a file in it tells those paths, one a line. Immutable.
 */
final class Relocation {
    static final String FILE = ".moved-from";

    private final Path warehouse;
    private final List<Path> former;

    private Relocation(Path warehouse, List<Path> former) {
        this.warehouse = warehouse;
        this.former = former;
    }

    static Relocation of(Path warehouse) {
        var file = warehouse.resolve(FILE);
        try {
            var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
            return new Relocation(
                    warehouse,
                    lines.stream()
                            .filter(line -> !line.isBlank())
                            .map(Path::of)
                            .filter(path -> !path.equals(warehouse))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path as it is now. */
    Path apply(Path path) {
        for (var place : former) {
            if (path.startsWith(place)) {
                return warehouse.resolve(place.relativize(path));
            }
        }
        return path;
    }
}
