package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ScanFiles;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import dev.sluice.core.TableSummary;
import dev.sluice.engine.BoundFunction;
import dev.sluice.engine.Description;
import dev.sluice.engine.Engine;
import dev.sluice.engine.Source;
import dev.sluice.planner.Scan;
import dev.sluice.planner.Statement;
import dev.sluice.udf.runtime.UdfRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills the holes of a query's text: tables with their files, functions with their names in the engine. Thread-safe.
 */
final class QueryBinder {
    private final Catalog catalog;
    private final Engine engine;
    private final UdfRuntime udfs;
    private final JoinPruning keys;

    QueryBinder(Catalog catalog, Engine engine, UdfRuntime udfs) {
        this.catalog = catalog;
        this.engine = engine;
        this.udfs = udfs;
        this.keys = new JoinPruning(catalog, engine);
    }

    /**
     * The query over empty stand-ins of its tables and functions, to be described; {@code scope} takes over the latter.
     */
    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    Bound standIn(Statement.Query query, Plan plan, Scope scope) {
        var functions = new HashMap<QualifiedName, String>();
        for (var function : query.functions()) {
            var declared = scope.own(engine.declare(plan.functions().load(function)));
            functions.put(function, declared.sqlName());
        }
        var text = query.sql()
                .render(
                        i -> engine.standIn(source(query.scans().get(i), List.of())),
                        name -> Objects.requireNonNull(functions.get(name)));
        return new Bound(text, List.of(), List.of(), Set.of());
    }

    /** What the query will give and take; nothing runs. */
    Description describe(Statement.Query query, Plan plan) {
        try (var scope = Scope.open()) {
            var bound = standIn(query, plan, scope);
            return bound.locating(() -> engine.describe(bound.query()));
        }
    }

    /** The query over the files that pruning left; its functions live as long as its run, and are cancelled with it. */
    Bound pinned(Statement.Query query, Plan plan, List<@Nullable Object> parameters, Lifetime lifetime) {
        return pinned(query, plan, parameters, Set.of(), lifetime);
    }

    /** @param spared files of the first scan that are not read */
    Bound pinned(
            Statement.Query query, Plan plan, List<@Nullable Object> parameters, Set<Path> spared, Lifetime lifetime) {
        var functions = functions(query, plan, lifetime);
        var scans = new ArrayList<ScanFiles>();
        var summaries = new HashMap<Integer, TableSummary>();
        for (var scan : query.scans()) {
            var files = files(scan, plan, parameters, lifetime.reads());
            summary(scan, plan).ifPresent(summary -> summaries.put(scans.size(), summary));
            scans.add(scans.isEmpty() ? files.without(spared) : files);
        }
        keys.narrow(query.scans(), scans, plan, parameters, lifetime.cancellation());
        var text = query.sql()
                .render(
                        i -> summaries.containsKey(i)
                                ? engine.extremes(source(query.scans().get(i), List.of()), summaries.get(i))
                                : expression(query.scans().get(i), scans.get(i), plan, lifetime),
                        name -> Objects.requireNonNull(functions.get(name)),
                        i -> Optional.ofNullable(summaries.get(i)).stream()
                                .mapToLong(TableSummary::rows)
                                .findFirst(),
                        input -> input(input, plan, lifetime));
        return new Bound(text, parameters, scans, summaries.keySet());
    }

    /** The number of a query whose rows one of the statement's functions takes. */
    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    private long input(Statement.Query query, Plan plan, Lifetime lifetime) {
        var bound = pinned(query, plan, List.of(), lifetime);
        return lifetime.scope()
                .own(engine.input(bound.query(), lifetime.cancellation()))
                .number();
    }

    /** What the metadata of a scan's table tells, where that is all that the statement wants of it. */
    private Optional<TableSummary> summary(Scan scan, Plan plan) {
        return scan.summary()
                .filter(_ -> scan.filter().isEmpty()
                        && plan.tables().made(scan.table()).isEmpty())
                .flatMap(summary -> catalog.metadata().summary(plan.tables().load(scan.table()), summary.columns()));
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    private String expression(Scan scan, ScanFiles files, Plan plan, Lifetime lifetime) {
        var made = plan.tables().made(scan.table());
        var bound = made.isPresent()
                ? engine.hold(made.get().rows(), lifetime.cancellation())
                : engine.bind(source(scan, files.files()), lifetime.cancellation());
        return lifetime.scope().own(bound).sql();
    }

    /** The files that may have rows for a scan. */
    ScanFiles files(Scan scan, Plan plan, List<@Nullable Object> parameters, ReadLog reads) {
        if (plan.tables().made(scan.table()).isPresent()) {
            return new ScanFiles(List.of(), 0, 0);
        }
        var filter = scan.filter().flatMap(BoundFilter.with(parameters)::of);
        var table = plan.tables().load(scan.table());
        if (scan.table().asOf().isEmpty() && scan.table().snapshotId().isEmpty()) {
            reads.read(table, filter);
        }
        return catalog.files(table, new ScanFiles.Request(filter));
    }

    /** What a scan's table is to the engine. */
    static Source source(Scan scan, List<TableFile> files) {
        var positions = scan.positions()
                ? Optional.of(new Source.Positions(Scan.FILE, Scan.ROW))
                : Optional.<Source.Positions>empty();
        return new Source(scan.schema(), files, positions, scan.rowColumns());
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    private Map<QualifiedName, String> functions(Statement.Query query, Plan plan, Lifetime lifetime) {
        var names = new HashMap<QualifiedName, String>();
        for (var function : query.functions()) {
            BoundFunction bound = lifetime.scope()
                    .own(engine.bind(udfs.compile(plan.functions().load(function))));
            lifetime.scope().own(lifetime.cancellation().onCancel(bound::cancel));
            names.put(function, bound.sqlName());
        }
        return names;
    }
}
