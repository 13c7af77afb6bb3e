package dev.sluice.server.query;

import dev.sluice.catalog.LoadedFile;
import dev.sluice.catalog.LoadedFile.Outcome;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.OnError;
import dev.sluice.engine.Engine;
import dev.sluice.engine.EngineFailure;
import dev.sluice.engine.ImportFiles;
import dev.sluice.engine.Imported;
import dev.sluice.engine.Imported.Rejected;
import dev.sluice.planner.Statement;
import dev.sluice.server.files.Fetched;
import dev.sluice.server.files.FoundFile;
import dev.sluice.server.files.SourceFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** The files of one COPY INTO on their way into files of the table, portion by portion. Confined to one thread. */
final class FileLoad {
    private static final int MAX_ERROR = 500;

    private final Statement.CopyInto copy;
    private final WriteRun run;
    private final Engine engine;
    private final SourceFiles sources;
    private final Function<Schema, TableVersion> draft;

    /** @param draft makes a new table of the files' own columns */
    FileLoad(
            Statement.CopyInto copy,
            WriteRun run,
            Engine engine,
            SourceFiles sources,
            Function<Schema, TableVersion> draft) {
        this.copy = copy;
        this.run = run;
        this.engine = engine;
        this.sources = sources;
        this.draft = draft;
    }

    /**
     * What was read.
     *
     * @param table the one that the files are for, or its draft
     * @param files written for it
     * @param outcomes of all the files that were read
     */
    record Loaded(TableVersion table, List<DataFile> files, List<LoadedFile> outcomes) {}

    /** Fails where not a single row of files with errors could be read; leaves nothing where it fails. */
    Loaded run(List<FoundFile> found, Optional<TableVersion> present, Instant now) {
        var table = present;
        var written = new ArrayList<DataFile>();
        var outcomes = new ArrayList<LoadedFile>();
        try {
            for (var portion : sources.portions(found)) {
                try (var fetched = sources.fetch(portion, this::requireWanted)) {
                    var target = table.isPresent() ? table.get() : draft.apply(columns(fetched));
                    table = Optional.of(target);
                    var imported = translating(
                            fetched,
                            () -> engine.importFiles(
                                    files(fetched.paths()), Writes.target(target), run.cancellation()));
                    written.addAll(imported.files());
                    outcomes.addAll(outcomes(fetched, imported, now));
                }
            }
            requireRows(written, outcomes);
        } catch (RuntimeException e) {
            Commits.delete(written);
            throw e;
        }
        return new Loaded(table.orElseThrow(), written, outcomes);
    }

    private void requireWanted() {
        run.cancellation().reason().ifPresent(why -> {
            throw why.exception();
        });
    }

    private ImportFiles files(List<Path> paths) {
        return new ImportFiles(
                copy.format(),
                paths,
                copy.options(),
                copy.columns(),
                copy.copy().onError());
    }

    /** The columns of all the files; of the first that can be read, where files may be left out. */
    private Schema columns(Fetched fetched) {
        try {
            return columns(fetched, fetched.paths());
        } catch (FailureException e) {
            if (copy.copy().onError() == OnError.ABORT) {
                throw e;
            }
            for (var path : fetched.paths()) {
                try {
                    return columns(fetched, List.of(path));
                } catch (FailureException next) {
                    e.addSuppressed(next);
                }
            }
            throw e;
        }
    }

    private Schema columns(Fetched fetched, List<Path> paths) {
        return translating(fetched, () -> engine.inferSchema(files(paths)));
    }

    /** A failure of the engine speaks of the files by the names that the client knows. */
    private static <T> T translating(Fetched fetched, Supplier<T> call) {
        try {
            return call.get();
        } catch (EngineFailure e) {
            throw new FailureException(named(e.failure(), fetched), e);
        } catch (FailureException e) {
            throw new FailureException(named(e.failure(), fetched), e);
        }
    }

    private static Failure named(Failure failure, Fetched fetched) {
        return switch (failure) {
            case Failure.Invalid invalid ->
                new Failure.Invalid(invalid.code(), fetched.named(invalid.message()), invalid.position());
            case Failure.NotFound missing ->
                new Failure.NotFound(missing.code(), fetched.named(missing.message()), missing.position());
            case Failure.Exists _,
                    Failure.Forbidden _,
                    Failure.Conflict _,
                    Failure.OutcomeUnknown _,
                    Failure.FunctionFailed _,
                    Failure.Exhausted _,
                    Failure.Unavailable _,
                    Failure.Cancelled _,
                    Failure.Internal _ -> failure;
        };
    }

    private static List<LoadedFile> outcomes(Fetched fetched, Imported imported, Instant now) {
        var rejected = imported.rejected().stream().collect(Collectors.toMap(Rejected::file, each -> each));
        return fetched.paths().stream()
                .map(path -> outcome(fetched, path, Optional.ofNullable(rejected.get(path)), now))
                .toList();
    }

    private static LoadedFile outcome(Fetched fetched, Path path, Optional<Rejected> rejected, Instant now) {
        var key = Imports.key(fetched.at(path));
        return rejected.map(each -> new LoadedFile(
                        key,
                        now,
                        each.rows().isPresent() ? Outcome.PARTLY : Outcome.SKIPPED,
                        each.rows().orElse(0),
                        Optional.of(bounded(fetched.named(each.error())))))
                .orElseGet(() -> new LoadedFile(key, now, Outcome.LOADED, 0, Optional.empty()));
    }

    private static String bounded(String error) {
        return error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) + "…" : error;
    }

    private static void requireRows(List<DataFile> written, List<LoadedFile> outcomes) {
        var failed = outcomes.stream()
                .filter(file -> file.outcome() != Outcome.LOADED)
                .toList();
        if (written.isEmpty() && !failed.isEmpty()) {
            var first = failed.getFirst();
            throw new Failure.Invalid(
                            Code.INVALID_VALUE,
                            "No row could be loaded, and " + failed.size() + " of " + outcomes.size()
                                    + " files have errors: the first is '"
                                    + first.key().name() + "': "
                                    + first.firstError().orElse(""),
                            Optional.empty())
                    .exception();
        }
    }
}
