package dev.sluice.server.files;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Files of the server's own disk, below the folders that may be read. */
final class LocalFiles implements FilePlace {
    private final FileConfig config;

    LocalFiles(FileConfig config) {
        this.config = config;
    }

    @Override
    public List<FoundFile> find(String source) {
        var path = path(source);
        requireAllowed(path, source);
        var found = Files.isRegularFile(path)
                ? List.of(found(path, path.resolveSibling(""), source))
                : Files.isDirectory(path) ? below(path, source) : matching(path, source);
        if (found.isEmpty()) {
            throw new Failure.NotFound(
                            Code.FILE_NOT_FOUND,
                            "No file matches '" + source + "': the path is one of the server's own disk",
                            Optional.empty())
                    .exception();
        }
        return found;
    }

    @Override
    public List<List<FoundFile>> portions(List<FoundFile> files) {
        return List.of(files);
    }

    @Override
    @MustBeClosed
    public Fetched fetch(List<FoundFile> files, Runnable check) {
        var paths = new LinkedHashMap<Path, FoundFile>();
        files.forEach(file -> paths.put(Path.of(file.name()), file));
        return new Fetched(paths, () -> {});
    }

    private static Path path(String source) {
        try {
            return Path.of(source.startsWith("file://") ? source.substring("file://".length()) : source)
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            throw invalid("'" + source + "' is not a path: " + e.getReason());
        }
    }

    private List<FoundFile> below(Path folder, String source) {
        return walk(folder, source, Files::isRegularFile).stream()
                .filter(file -> StreamSupport.stream(folder.relativize(file).spliterator(), false)
                        .noneMatch(part -> FilePlace.isHidden(part.toString())))
                .map(file -> found(file, folder, source))
                .toList();
    }

    private List<FoundFile> matching(Path pattern, String source) {
        var glob = Glob.of(pattern.toString());
        var base = Path.of(glob.base());
        return Glob.isIn(pattern.toString()) && Files.isDirectory(base)
                ? walk(base, source, file -> glob.matches(file.toString()) && Files.isRegularFile(file)).stream()
                        .map(file -> found(file, base, source))
                        .toList()
                : List.of();
    }

    private static List<Path> walk(Path folder, String source, Predicate<Path> wanted) {
        try (var paths = Files.walk(folder)) {
            var files = paths.filter(wanted)
                    .sorted()
                    .limit(FilePlace.MAX_FILES + 1L)
                    .toList();
            FilePlace.requireFew(files.size(), source);
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw invalid("'" + source + "' cannot be listed: " + e.getMessage());
        }
    }

    /** A link leads out of a folder that may be read as little as a path does. */
    private FoundFile found(Path file, Path base, String source) {
        try {
            var real = file.toRealPath();
            requireAllowed(real, source);
            return new FoundFile(
                    real.toString(),
                    base.relativize(file).toString(),
                    Files.size(real),
                    Files.getLastModifiedTime(real).toInstant().toString());
        } catch (IOException e) {
            throw invalid("File '" + file + "' cannot be read: " + e.getMessage());
        }
    }

    private void requireAllowed(Path path, String source) {
        config.folders().ifPresent(folders -> {
            if (folders.local().stream().noneMatch(path::startsWith)) {
                throw new Failure.Forbidden(
                                "COPY INTO may not read '" + source + "': allowed are files below " + folders,
                                Optional.empty())
                        .exception();
            }
        });
    }

    private static FailureException invalid(String message) {
        return new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty()).exception();
    }
}
