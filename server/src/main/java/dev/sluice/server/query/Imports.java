package dev.sluice.server.query;

import static java.util.stream.Collectors.toSet;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.LoadedFile;
import dev.sluice.catalog.LoadedFile.Outcome;
import dev.sluice.catalog.Loads;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Statement;
import dev.sluice.server.files.FoundFile;
import dev.sluice.server.files.SourceFiles;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * COPY INTO: files become rows of a table, each of them once. The table remembers the files that it has taken in; a
 * load that was slower than another one of the same files conflicts with it, and sees them when it is run again.
 * Thread-safe.
 */
final class Imports {
    private final SourceFiles sources;
    private final Catalog catalog;
    private final Engine engine;
    private final Commits commits;
    private final InstantSource clock;

    Imports(SourceFiles sources, Catalog catalog, Engine engine, Commits commits, InstantSource clock) {
        this.sources = sources;
        this.catalog = catalog;
        this.engine = engine;
        this.commits = commits;
        this.clock = clock;
    }

    /** Imports all files in one commit; a table that does not exist gets the files' own columns. */
    long copyInto(Statement.CopyInto copy, WriteRun run) {
        var branch = Commits.branch(run.plan(), copy.table());
        var table = run.plan().tables().version(copy.table());
        var files = wanted(copy, table);
        if (files.isEmpty()) {
            return 0;
        }
        var load = new FileLoad(copy, run, engine, sources, columns -> draft(copy, run.plan(), columns));
        var loaded = load.run(files, table, clock.instant());
        commit(branch, table, loaded, copy.copy().force(), run);
        return Writes.rows(loaded.files());
    }

    /** The files to read: all that the source names, but for those that the table has. */
    private List<FoundFile> wanted(Statement.CopyInto copy, Optional<TableVersion> table) {
        var found = sources.find(copy.source()).stream()
                .filter(file -> copy.copy()
                        .pattern()
                        .map(pattern -> pattern.matcher(file.relative()).matches())
                        .orElse(true))
                .toList();
        if (table.isEmpty() || copy.copy().force()) {
            return found;
        }
        var known = known(table.get());
        return found.stream().filter(file -> !known.contains(key(file))).toList();
    }

    private Set<LoadedFile.Key> known(TableVersion table) {
        return catalog.loads(table).stream()
                .filter(file -> file.outcome() != Outcome.SKIPPED)
                .map(LoadedFile::key)
                .collect(toSet());
    }

    static LoadedFile.Key key(FoundFile file) {
        return new LoadedFile.Key(file.name(), file.bytes(), file.version());
    }

    private TableVersion draft(Statement.CopyInto copy, Plan plan, Schema columns) {
        return catalog.draft(
                copy.table().name(),
                columns,
                List.of(),
                Map.of(),
                Optional.empty(),
                plan.tables().commitOf(copy.table()));
    }

    private void commit(
            Ref.Branch branch, Optional<TableVersion> present, FileLoad.Loaded loaded, boolean repeated, WriteRun run) {
        var loads = new Loads(loaded.outcomes(), repeated);
        if (present.isPresent()) {
            var change = new Change.Append(loaded.table(), loaded.files(), loads);
            commits.commit(branch, change, loaded.files(), run.note());
            return;
        }
        try {
            var change = new Change.CreateTable(loaded.table(), loaded.files(), loads, Optional.empty());
            commits.commit(branch, change, loaded.files(), run.note());
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.Exists exists
                    ? new FailureException(new Failure.Conflict(exists.message()), e)
                    : e;
        }
    }
}
