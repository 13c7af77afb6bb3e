package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that lie where Sluice puts a table's, a view's or a function's: below {@code data} and {@code metadata} of
 * a folder for each table, and in the folder of functions. Whatever else is in the warehouse is not looked at.
 * Thread-safe.
 */
final class Warehouse {
    /** Schema, table, kind. */
    private static final int DEPTH = 3;

    private static final Set<String> KINDS = Set.of("data", "metadata");

    private final Path root;
    private final WarehouseIO io;
    private final Horizon horizon;

    Warehouse(Path root, WarehouseIO io) {
        this.root = root;
        this.io = io;
        this.horizon = new Horizon(root, io);
    }

    Path root() {
        return root;
    }

    Horizon horizon() {
        return horizon;
    }

    /** Every file of a table's folder, or of all; by its path without links. */
    void visit(Optional<Path> folder, Consumer<WarehouseIO.Stored> visitor) {
        var real = io.real(root);
        var begin = folder.map(io::real).orElse(real);
        if (begin.startsWith(real)) {
            io.visit(begin, file -> {
                if (isOurs(real.relativize(file.path()))) {
                    visitor.accept(file);
                }
            });
        }
    }

    private static boolean isOurs(Path path) {
        return path.startsWith(Functions.FOLDER)
                ? path.getNameCount() == 2
                : path.getNameCount() > DEPTH
                        && KINDS.contains(path.getName(DEPTH - 1).toString());
    }

    /** The paths without links, as {@link #visit} gives them: a warehouse may be reached by more than one path. */
    Set<Path> real(Stream<Path> paths) {
        Map<Path, Path> folders = new HashMap<>();
        return paths.map(
                        path -> folders.computeIfAbsent(path.resolveSibling(".").normalize(), io::real)
                                .resolve(path.getFileName()))
                .collect(Collectors.toSet());
    }

    /** Deletes a file, and its folder where that was one write's own and is empty now. */
    void delete(Path file) {
        try {
            io.deleteFile(io.location(file));
            var folder = file.resolveSibling(".").normalize();
            if (io.real(root).relativize(folder).getNameCount() > DEPTH) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // others are in it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
