package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Filter;
import dev.sluice.core.TableFile;
import dev.sluice.engine.Cancellation;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Scan;
import dev.sluice.planner.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers EXPLAIN. Thread-safe. */
final class Explanation {
    static final Schema SCHEMA = new Schema(List.of(Listing.text("plan")));

    private final Engine engine;
    private final BufferAllocator allocator;

    Explanation(Engine engine, BufferAllocator allocator) {
        this.engine = engine;
        this.allocator = allocator;
    }

    /** What each scan reads of its table, then DuckDB's own plan. */
    @MustBeClosed
    Result open(Statement.Explain explain, Plan plan, Bound bound, Cancellation cancellation) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < bound.scans().size(); i++) {
            var scan = explain.query().scans().get(i);
            var files = bound.scans().get(i);
            if (plan.tables().made(scan.table()).isPresent()) {
                lines.add("Scan " + scan.table().name() + ", whose rows the server makes");
                continue;
            }
            var scanned = scan.table().name() + " at "
                    + plan.tables().commitOf(scan.table()).ref() + ": ";
            if (bound.answered().contains(i)) {
                lines.add("Scan " + scanned + "answered from metadata, files 0 of " + files.totalFiles()
                        + ", bytes 0 of " + files.totalBytes());
                continue;
            }
            lines.add("Scan " + scanned + "files "
                    + files.files().size() + " of " + files.totalFiles() + ", bytes "
                    + files.files().stream().mapToLong(TableFile::bytes).sum() + " of " + files.totalBytes()
                    + scan.filter()
                            .map(f -> ", filter " + shown(f, explain.query().scans()))
                            .orElse(""));
        }
        explain.query().functions().forEach(f -> lines.add("Function " + f + " (Java)"));
        var engineText = bound.locating(() ->
                explain.analyze() ? engine.explainAnalyze(bound.query(), cancellation) : engine.explain(bound.query()));
        lines.addAll(Arrays.asList(engineText.stripTrailing().split("\n")));
        return new Listing(SCHEMA, lines.stream().map(Listing::row).toList()).open(allocator);
    }

    private static String shown(Filter filter, List<Scan> scans) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) ->
                terms.stream().map(term -> shown(term, scans)).collect(Collectors.joining(" and ", "(", ")"));
            case Filter.Or(List<Filter> terms) ->
                terms.stream().map(term -> shown(term, scans)).collect(Collectors.joining(" or ", "(", ")"));
            case Filter.Comparison(String column, Filter.Operator _, Filter.Key(int scan, String key)) ->
                column + " a key of " + scans.get(scan).table().name() + "." + key;
            case Filter.Comparison(String column, Filter.Operator operator, Object value) ->
                column + " " + operator.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + shown(value);
            case Filter.In(String column, List<Object> values) ->
                column + " in " + values.stream().map(Explanation::shown).collect(Collectors.joining(", ", "(", ")"));
            case Filter.IsNull(String column) -> column + " is null";
            case Filter.IsNotNull(String column) -> column + " is not null";
            case Filter.StartsWith(String column, String prefix) -> column + " starts with " + prefix;
        };
    }

    private static String shown(Object value) {
        return value instanceof Filter.Parameter(int index) ? "?" + (index + 1) : value.toString();
    }
}
