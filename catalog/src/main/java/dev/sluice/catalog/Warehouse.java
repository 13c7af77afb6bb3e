package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;

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
    private final Horizon horizon;

    Warehouse(Path root, FileIO io) {
        this.root = root;
        this.horizon = new Horizon(root, io);
    }

    Path root() {
        return root;
    }

    Horizon horizon() {
        return horizon;
    }

    /** Every file of a table's folder, or of all; by its path without links. */
    void visit(Optional<Path> folder, BiConsumer<Path, BasicFileAttributes> visitor) {
        var real = real(root);
        var begin = folder.map(Warehouse::real).orElse(real);
        if (!begin.startsWith(real) || !Files.isDirectory(begin)) {
            return;
        }
        try {
            Files.walkFileTree(begin, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && isOurs(real.relativize(file))) {
                        visitor.accept(file, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                        path -> folders.computeIfAbsent(path.resolveSibling(".").normalize(), Warehouse::real)
                                .resolve(path.getFileName()))
                .collect(Collectors.toSet());
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path)
                    ? path.toRealPath()
                    : path.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a file, and its folder where that was one write's own and is empty now. */
    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            var folder = file.resolveSibling(".").normalize();
            if (real(root).relativize(folder).getNameCount() > DEPTH) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // others are in it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
