package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ScanFiles;
import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import dev.sluice.engine.Cancellation;
import dev.sluice.engine.Engine;
import dev.sluice.engine.EngineFailure;
import dev.sluice.engine.EngineQuery;
import dev.sluice.planner.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Prunes the files of a great table by the keys of a small one that it is joined with. The keys are asked for before
 * the query runs, wherever that must be cheap beside reading the great table. Thread-safe.
 */
final class JoinPruning {
    private static final int MIN_FILES = 4;
    private static final int TIMES_GREATER = 4;
    private static final long MAX_SMALL_ROWS = 1_000_000;
    private static final int MAX_QUESTIONS = 4;

    /** Iceberg looks for no more values than this in a file's bounds. */
    private static final int MAX_LISTED = 200;

    private static final int MAX_KEYS = 10_000;

    private final Catalog catalog;
    private final Engine engine;

    JoinPruning(Catalog catalog, Engine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /** @param files of the scans, after all other pruning; those that are narrowed further take their places */
    void narrow(
            List<Scan> scans,
            List<ScanFiles> files,
            Plan plan,
            List<@Nullable Object> parameters,
            Cancellation cancellation) {
        if (scans.size() > 1) {
            var run = new Run(scans, List.copyOf(files), plan, parameters, cancellation);
            for (var i = 0; i < scans.size(); i++) {
                var narrowed = run.narrowed(i);
                if (narrowed.isPresent()) {
                    files.set(i, narrowed.get());
                }
            }
        }
    }

    /** What a column that has one of the keys satisfies. */
    private static Optional<Filter> filter(String column, List<Object> keys) {
        if (keys.size() <= MAX_LISTED) {
            return Optional.of(new Filter.In(column, keys));
        }
        if (!(keys.getFirst() instanceof Long)) {
            return Optional.empty();
        }
        return Optional.of(new Filter.And(List.of(
                new Filter.Comparison(column, Filter.Operator.GREATER_OR_EQUAL, keys.getFirst()),
                new Filter.Comparison(column, Filter.Operator.LESS_OR_EQUAL, keys.getLast()))));
    }

    /** One query's. Confined to one thread. */
    private final class Run {
        private final List<Scan> scans;
        private final List<ScanFiles> files;
        private final Plan plan;
        private final List<@Nullable Object> parameters;
        private final Cancellation cancellation;
        private final Map<Filter.Key, Optional<List<Object>>> asked = new HashMap<>();

        private Run(
                List<Scan> scans,
                List<ScanFiles> files,
                Plan plan,
                List<@Nullable Object> parameters,
                Cancellation cancellation) {
            this.scans = scans;
            this.files = files;
            this.plan = plan;
            this.parameters = parameters;
            this.cancellation = cancellation;
        }

        Optional<ScanFiles> narrowed(int great) {
            if (files.get(great).files().size() < MIN_FILES) {
                return Optional.empty();
            }
            var scan = scans.get(great);
            var found = new ArrayList<Filter.Key>();
            var bound = new BoundFilter(parameters, key -> column -> {
                if (!pays(key.scan(), great)) {
                    return Optional.empty();
                }
                var result = keys(key).flatMap(keys -> filter(column, keys));
                result.ifPresent(_ -> found.add(key));
                return result;
            });
            var filter = scan.filter().flatMap(bound::of);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(catalog.files(plan.tables().load(scan.table()), new ScanFiles.Request(filter)));
        }

        /** Whether the small scan's keys are few for what they may save, as far as is known before they are read. */
        private boolean pays(int small, int great) {
            var rows = rows(small);
            return rows <= MAX_SMALL_ROWS
                    && rows < rows(great) / TIMES_GREATER
                    && plan.tables().made(scans.get(small).table()).isEmpty()
                    && (rows <= MAX_KEYS || staticFilter(small).isPresent());
        }

        private long rows(int scan) {
            return files.get(scan).files().stream().mapToLong(TableFile::rows).sum();
        }

        private Optional<Filter> staticFilter(int scan) {
            return scans.get(scan).filter().flatMap(BoundFilter.with(parameters)::of);
        }

        /** In order; empty where there are too many. */
        private Optional<List<Object>> keys(Filter.Key key) {
            if (!asked.containsKey(key) && asked.size() < MAX_QUESTIONS) {
                asked.put(key, ask(key));
            }
            return asked.getOrDefault(key, Optional.empty());
        }

        @SuppressWarnings("MustBeClosedChecker") // the scope closes them
        private Optional<List<Object>> ask(Filter.Key key) {
            var scan = scans.get(key.scan());
            var conditions = new Conditions();
            var where = staticFilter(key.scan())
                    .map(filter -> " AND " + conditions.of(filter))
                    .orElse("");
            var whole = scan.schema().findField(key.column()).getType() instanceof ArrowType.Int;
            var column = QualifiedName.quote(key.column());
            try (var scope = Scope.open()) {
                var table = scope.own(engine.bind(
                        QueryBinder.source(scan, files.get(key.scan()).files()), cancellation));
                var sql = "SELECT DISTINCT CAST(" + column + " AS " + (whole ? "BIGINT" : "VARCHAR") + ") AS k FROM "
                        + table.sql() + " WHERE " + column + " IS NOT NULL" + where + " ORDER BY k LIMIT "
                        + (MAX_KEYS + 1);
                var execution = scope.own(engine.start(new EngineQuery(sql, conditions.values()), cancellation));
                var keys = new ArrayList<Object>();
                while (execution.next()) {
                    var vector = execution.root().getVector(0);
                    for (var row = 0; row < execution.root().getRowCount(); row++) {
                        var value = vector.getObject(row);
                        keys.add(whole ? value : value.toString());
                    }
                }
                return Optional.<List<Object>>of(keys).filter(all -> all.size() <= MAX_KEYS);
            } catch (EngineFailure e) {
                // The query itself tells what is wrong, if it needs these rows at all.
                return Optional.empty();
            }
        }
    }
}
