package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.engine.Engine;
import dev.sluice.engine.EngineFailure;
import dev.sluice.engine.ImportFiles;
import dev.sluice.planner.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** COPY INTO: files of the server's disk become rows of a table. Thread-safe. */
final class Imports {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    private static final int MAX_FILES = 100_000;

    private final QueryConfig config;
    private final Catalog catalog;
    private final Engine engine;
    private final Commits commits;

    Imports(QueryConfig config, Catalog catalog, Engine engine, Commits commits) {
        this.config = config;
        this.catalog = catalog;
        this.engine = engine;
        this.commits = commits;
    }

    /** Imports all files in one commit; a table that does not exist gets the files' own columns. */
    long copyInto(Statement.CopyInto copy, WriteRun run) {
        var plan = run.plan();
        var branch = Commits.branch(plan, copy.table());
        var source = new ImportFiles(copy.format(), find(copy.source()), copy.options());
        var present = plan.tables().version(copy.table());
        var table = present.orElseGet(() -> draft(copy, plan, source));
        var files = translating(() -> engine.importFiles(source, Writes.target(table), run.cancellation()));
        if (present.isEmpty()) {
            commits.commit(branch, new Change.CreateTable(table, files), files, run.note());
        } else if (!files.isEmpty()) {
            commits.commit(branch, new Change.Append(table, files), files, run.note());
        }
        return Writes.rows(files);
    }

    private TableVersion draft(Statement.CopyInto copy, Plan plan, ImportFiles source) {
        var schema = translating(() -> engine.inferSchema(source));
        return catalog.draft(
                copy.table().name(), schema, List.of(), Map.of(), plan.tables().commitOf(copy.table()));
    }

    private static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (EngineFailure e) {
            throw new FailureException(e.failure(), e);
        }
    }

    /** The files that a path or glob names, in order. */
    private List<Path> find(String source) {
        var path = path(source);
        requireAllowed(path, source);
        var files = WILDCARD.matcher(source).find() ? glob(path, source) : List.of(path);
        if (files.isEmpty() || !Files.isRegularFile(files.getFirst())) {
            throw new Failure.NotFound(
                            Code.FILE_NOT_FOUND,
                            "No file matches '" + source + "': the path is one of the server's own disk",
                            Optional.empty())
                    .exception();
        }
        files.forEach(file -> requireAllowed(real(file), source));
        return files;
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

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireAllowed(Path path, String source) {
        config.importFolders().ifPresent(folders -> {
            if (folders.stream().noneMatch(path::startsWith)) {
                throw new Failure.Forbidden(
                                "COPY INTO may not read '" + source + "': allowed are files below " + folders,
                                Optional.empty())
                        .exception();
            }
        });
    }

    private static List<Path> glob(Path pattern, String source) {
        var root = pattern.getRoot();
        for (var i = 0; i < pattern.getNameCount() - 1; i++) {
            var next = root.resolve(pattern.getName(i));
            if (WILDCARD.matcher(next.toString()).find()) {
                break;
            }
            root = next;
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var paths = Files.walk(root)) {
            var files = paths.filter(p -> matcher.matches(p) && Files.isRegularFile(p))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw invalid("'" + source + "' matches more than " + MAX_FILES + " files: import them in parts");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw invalid("'" + source + "' cannot be listed: " + e.getMessage());
        }
    }

    private static FailureException invalid(String message) {
        return new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty()).exception();
    }
}
