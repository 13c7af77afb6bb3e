package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.Cancellation;
import dev.sluice.engine.Engine;
import dev.sluice.engine.EngineFailure;
import dev.sluice.server.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows that a client sends without a statement, as one commit. They can be read only once, so that nothing is tried
 * again but the commit. Thread-safe.
 */
public final class Ingests {
    private final Catalog catalog;
    private final Engine engine;
    private final Plans plans;
    private final Commits commits;
    private final Statements.Activity activity;

    Ingests(Catalog catalog, Engine engine, Plans plans, Commits commits, Statements.Activity activity) {
        this.catalog = catalog;
        this.engine = engine;
        this.plans = plans;
        this.commits = commits;
        this.activity = activity;
    }

    /**
     * Where the rows go.
     *
     * @param schema the session's own where there is none
     */
    public record Target(Optional<String> schema, String table, Missing missing, Present present) {}

    /** What becomes of a table that does not exist. */
    public enum Missing {
        CREATE,
        FAIL
    }

    /** What becomes of one that does. */
    public enum Present {
        APPEND,
        FAIL
    }

    /**
     * Writes all rows.
     *
     * @param rows is read to its end, batch by batch, and stays the caller's
     * @param cancellation may end it
     * @return how many rows there were
     */
    public long ingest(Session session, Target target, ArrowReader rows, Schema columns, Cancellation cancellation) {
        var name = new QualifiedName(target.schema().orElse(session.state().schema()), target.table());
        var note = new CommitNote(session.user(), "INGEST INTO " + name);
        try (var _ = activity.running().start(session, note.message(), cancellation)) {
            return activity.transactions().writing(session, note.message(), () -> {
                var commit = plans.commit(session);
                var branch = Commits.branch(commit);
                var present = catalog.findTable(name, commit);
                var table =
                        present.isPresent() ? existing(target, present.get()) : draft(target, name, columns, commit);
                var files = write(rows, columns, table, cancellation);
                var change =
                        present.isPresent() ? new Change.Append(table, files) : new Change.CreateTable(table, files);
                commits.commit(branch, change, files, note);
                return Writes.rows(files);
            });
        }
    }

    private List<DataFile> write(ArrowReader rows, Schema columns, TableVersion table, Cancellation cancellation) {
        try {
            return engine.write(rows, columns, Writes.target(table), cancellation);
        } catch (EngineFailure e) {
            throw new FailureException(e.failure(), e);
        }
    }

    private static TableVersion existing(Target target, TableVersion table) {
        return switch (target.present()) {
            case APPEND -> table;
            case FAIL ->
                throw new Failure.Exists(Code.TABLE_EXISTS, "Table '" + table.name() + "' exists already: append to it")
                        .exception();
        };
    }

    private TableVersion draft(Target target, QualifiedName name, Schema columns, Commit commit) {
        return switch (target.missing()) {
            case CREATE ->
                catalog.draft(name, engine.storedTypes(columns), List.of(), Map.of(), Optional.empty(), commit);
            case FAIL ->
                throw new Failure.NotFound(
                                Code.TABLE_NOT_FOUND,
                                "Table '" + name + "' does not exist on " + commit.ref(),
                                Optional.empty())
                        .exception();
        };
    }
}
