package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.TableVersion;
import dev.sluice.catalog.ViewVersion;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Ref;
import dev.sluice.planner.TableLookup;
import dev.sluice.planner.TableRef;
import dev.sluice.planner.ViewText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The tables of one statement: each ref that it names is resolved once, and each version that was handed out is
 * remembered. Thread-safe.
 */
final class CatalogTables implements TableLookup {
    private final Catalog catalog;
    private final MadeTables made;
    private final Commit commit;
    private final Function<Ref, Commit> refs;
    private final Map<At, Commit> commits = new ConcurrentHashMap<>();
    private final Map<TableRef, TableVersion> found = new ConcurrentHashMap<>();
    private final Map<TableRef, MadeTable> foundMade = new ConcurrentHashMap<>();

    private record At(Ref ref, Optional<Instant> asOf) {}

    /**
     * @param commit what the statement reads where it names no ref
     * @param refs what it reads at the refs that it names
     */
    CatalogTables(Catalog catalog, MadeTables made, Commit commit, Function<Ref, Commit> refs) {
        this.catalog = catalog;
        this.made = made;
        this.commit = commit;
        this.refs = refs;
    }

    @Override
    public Optional<Schema> find(TableRef table) {
        return made(table).map(MadeTable::columns).or(() -> version(table).map(TableVersion::schema));
    }

    /** The table, if the server makes it. */
    Optional<MadeTable> made(TableRef table) {
        var known = foundMade.get(table);
        if (known != null) {
            return Optional.of(known);
        }
        var result = made.find(table, this);
        result.ifPresent(t -> foundMade.put(table, t));
        return result;
    }

    /** The version that the statement reads. */
    TableVersion load(TableRef table) {
        return version(table)
                .orElseThrow(() -> made(table)
                        .map(_ -> readOnly(table))
                        .orElseGet(() -> missing(table))
                        .exception());
    }

    Optional<TableVersion> version(TableRef table) {
        var known = found.get(table);
        if (known != null) {
            return Optional.of(known);
        }
        var version = catalog.findTable(table.name(), commitOf(table));
        if (table.snapshotId().isPresent()) {
            version = version.map(v -> catalog.atSnapshot(v, table.snapshotId().getAsLong()));
        }
        version.ifPresent(v -> found.put(table, v));
        return version;
    }

    /** Whether a branch takes changes by merges alone. */
    boolean isProtected(Ref.Branch branch) {
        return catalog.isProtected(branch);
    }

    /** The view of that name that the statement reads. */
    Optional<ViewVersion> view(TableRef name) {
        return made(name).isPresent() ? Optional.empty() : catalog.findView(name.name(), commitOf(name));
    }

    /** The same for the planner. */
    Optional<ViewText> viewText(TableRef name) {
        return view(name).map(view -> {
            var definition = view.definition();
            return new ViewText(
                    view.name(),
                    definition.sql(),
                    definition.dialect(),
                    definition.defaultSchema(),
                    definition.columns().getFields().stream()
                            .map(Field::getName)
                            .toList(),
                    definition.queryColumns());
        });
    }

    /** The commit at which the table is read. */
    Commit commitOf(TableRef table) {
        if (table.ref().isEmpty() && table.asOf().isEmpty()) {
            return commit;
        }
        var at = new At(table.ref().orElse(commit.ref()), table.asOf());
        return commits.computeIfAbsent(
                at, a -> a.asOf().map(time -> catalog.resolve(a.ref(), time)).orElseGet(() -> refs.apply(a.ref())));
    }

    /** Whether a table was read at another ref than the statement's own. */
    boolean readsOtherRefs() {
        return !commits.isEmpty();
    }

    private static Failure readOnly(TableRef table) {
        return new Failure.Invalid(
                Code.INVALID_STATEMENT,
                "Table " + table.name() + " is made by the server: it can only be read",
                Optional.of(table.position()));
    }

    private Failure missing(TableRef table) {
        var view = view(table);
        if (view.isPresent()) {
            var message = "'" + view.get().name() + "' is a view and no table";
            return new Failure.Invalid(Code.INVALID_STATEMENT, message, Optional.of(table.position()));
        }
        return new Failure.NotFound(
                Code.TABLE_NOT_FOUND,
                "Table " + table.name() + " does not exist on "
                        + commitOf(table).ref(),
                Optional.of(table.position()));
    }
}
