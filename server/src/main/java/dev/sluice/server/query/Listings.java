package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.ScanFiles;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Filter;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.engine.Cancellation;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Answers SHOW, DESCRIBE and EXPLAIN. Thread-safe. */
final class Listings {
    static final Schema EXPLAIN = new Schema(List.of(Listing.text("plan")));

    private static final Schema SCHEMAS = new Schema(List.of(Listing.text("schema")));
    private static final Schema TABLES = new Schema(List.of(Listing.text("schema"), Listing.text("table")));
    private static final Schema REFS = new Schema(
            List.of(Listing.text("name"), Listing.text("hash"), Listing.time("committed"), Listing.text("message")));
    private static final Schema FUNCTIONS = new Schema(List.of(
            Listing.text("schema"), Listing.text("function"), Listing.text("signature"), Listing.text("language")));
    private static final Schema COLUMNS = new Schema(List.of(
            Listing.text("column"),
            Listing.text("type"),
            Listing.flag("nullable"),
            Listing.text("partitioning"),
            Listing.text("comment")));
    private static final Schema FUNCTION = new Schema(List.of(Listing.text("property"), Listing.text("value")));

    private final Catalog catalog;
    private final Engine engine;
    private final BufferAllocator allocator;

    Listings(Catalog catalog, Engine engine, BufferAllocator allocator) {
        this.catalog = catalog;
        this.engine = engine;
        this.allocator = allocator;
    }

    /** The columns of what the statement lists. */
    Schema schema(Statement.Listed listed) {
        return switch (listed) {
            case Statement.Show show -> schemaOf(show.listing());
            case Statement.Describe _ -> COLUMNS;
            case Statement.DescribeFunction _ -> FUNCTION;
        };
    }

    @MustBeClosed
    Result open(Statement.Listed listed, Plan plan) {
        var rows = switch (listed) {
            case Statement.Show show -> rows(show, plan.commit());
            case Statement.Describe describe -> columns(describe, plan);
            case Statement.DescribeFunction describe -> function(describe, plan);
        };
        return new Listing(schema(listed), rows).open(allocator);
    }

    private static Schema schemaOf(Statement.Listing listing) {
        return switch (listing) {
            case TABLES -> TABLES;
            case SCHEMAS -> SCHEMAS;
            case BRANCHES, TAGS -> REFS;
            case FUNCTIONS -> FUNCTIONS;
        };
    }

    private List<List<@Nullable Object>> rows(Statement.Show show, Commit commit) {
        show.schema().ifPresent(name -> requireSchema(name, commit));
        var like = show.like().map(LikePattern::plain).orElse(_ -> true);
        return switch (show.listing()) {
            case TABLES ->
                catalog.tables(commit).stream()
                        .filter(table -> in(show, table) && like.test(table.name()))
                        .map(table -> row(table.schema(), table.name()))
                        .toList();
            case SCHEMAS ->
                catalog.schemas(commit).stream().filter(like).map(Listings::row).toList();
            case BRANCHES -> refs(Ref.Branch.class, like);
            case TAGS -> refs(Ref.Tag.class, like);
            case FUNCTIONS ->
                catalog.functions(commit).stream()
                        .filter(f -> in(show, f.name()) && like.test(f.name().name()))
                        .map(f -> row(f.name().schema(), f.name().name(), signature(f.document()), "JAVA"))
                        .toList();
        };
    }

    private static boolean in(Statement.Show show, QualifiedName name) {
        return show.schema().isEmpty() || show.schema().get().equalsIgnoreCase(name.schema());
    }

    private void requireSchema(String name, Commit commit) {
        if (catalog.schemas(commit).stream().noneMatch(name::equalsIgnoreCase)) {
            throw new Failure.NotFound(
                            Code.SCHEMA_NOT_FOUND,
                            "Schema " + QualifiedName.quote(name) + " does not exist on " + commit.ref(),
                            Optional.empty())
                    .exception();
        }
    }

    private List<List<@Nullable Object>> refs(Class<? extends Ref> kind, Predicate<String> like) {
        return catalog.refs().stream()
                .filter(info ->
                        kind.isInstance(info.ref()) && like.test(info.ref().name()))
                .map(info -> row(
                        info.ref().name(),
                        info.hash(),
                        info.committed().orElse(null),
                        info.message().orElse(null)))
                .toList();
    }

    private List<List<@Nullable Object>> columns(Statement.Describe describe, Plan plan) {
        var table = plan.tables().load(describe.table());
        return table.schema().getFields().stream()
                .map(field -> row(
                        field.getName(),
                        engine.typeName(field),
                        field.isNullable(),
                        table.partitioning().stream()
                                .filter(p -> p.column().equals(field.getName()))
                                .map(p -> shown(p.transform()))
                                .collect(Collectors.collectingAndThen(
                                        Collectors.joining(", "), s -> s.isEmpty() ? null : s)),
                        field.getMetadata().get("comment")))
                .toList();
    }

    private List<List<@Nullable Object>> function(Statement.DescribeFunction describe, Plan plan) {
        var function = catalog.findFunction(describe.name(), plan.commit())
                .orElseThrow(() ->
                        Definitions.missing(describe.name(), plan.commit()).exception());
        var source = FunctionDocument.read(function.document());
        var rows = new ArrayList<List<@Nullable Object>>();
        rows.add(row("name", function.name().toString()));
        rows.add(row("signature", signature(function.document())));
        rows.add(row("language", "JAVA"));
        rows.add(row("handler", source.handler().orElse(null)));
        rows.add(row("deterministic", Boolean.toString(source.deterministic())));
        rows.add(row("called on null input", Boolean.toString(source.calledOnNull())));
        rows.add(row("body", source.body()));
        return rows;
    }

    private String signature(String document) {
        var source = FunctionDocument.read(document);
        return source.parameters().stream()
                .map(p -> p.getName() + " " + engine.typeName(p))
                .collect(Collectors.joining(", ", "(", ") RETURNS " + engine.typeName(source.result())));
    }

    /** What each scan reads of its table, then DuckDB's own plan. */
    @MustBeClosed
    Result explain(Statement.Explain explain, Plan plan, Bound bound, Cancellation cancellation) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < bound.scans().size(); i++) {
            var scan = explain.query().scans().get(i);
            var files = bound.scans().get(i);
            lines.add("Scan " + scan.table().name() + " at "
                    + plan.tables().commitOf(scan.table()).ref() + ": files "
                    + files.files().size() + " of " + files.totalFiles() + ", bytes "
                    + files.files().stream().mapToLong(ScanFiles.File::bytes).sum() + " of " + files.totalBytes()
                    + scan.filter().map(f -> ", filter " + shown(f)).orElse(""));
        }
        explain.query().functions().forEach(f -> lines.add("Function " + f + " (Java)"));
        var engineText = bound.locating(() ->
                explain.analyze() ? engine.explainAnalyze(bound.query(), cancellation) : engine.explain(bound.query()));
        lines.addAll(Arrays.asList(engineText.stripTrailing().split("\n")));
        return new Listing(EXPLAIN, lines.stream().map(Listings::row).toList()).open(allocator);
    }

    private static String shown(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) ->
                terms.stream().map(Listings::shown).collect(Collectors.joining(" and ", "(", ")"));
            case Filter.Or(List<Filter> terms) ->
                terms.stream().map(Listings::shown).collect(Collectors.joining(" or ", "(", ")"));
            case Filter.Comparison(String column, Filter.Operator operator, Object value) ->
                column + " " + operator.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + shown(value);
            case Filter.In(String column, List<Object> values) ->
                column + " in " + values.stream().map(Listings::shown).collect(Collectors.joining(", ", "(", ")"));
            case Filter.IsNull(String column) -> column + " is null";
            case Filter.IsNotNull(String column) -> column + " is not null";
            case Filter.StartsWith(String column, String prefix) -> column + " starts with " + prefix;
        };
    }

    private static String shown(Object value) {
        return value instanceof Filter.Parameter(int index) ? "?" + (index + 1) : value.toString();
    }

    private static String shown(PartitionField.Transform transform) {
        return switch (transform) {
            case PartitionField.Identity _ -> "identity";
            case PartitionField.Year _ -> "year";
            case PartitionField.Month _ -> "month";
            case PartitionField.Day _ -> "day";
            case PartitionField.Hour _ -> "hour";
            case PartitionField.Bucket(int buckets) -> "bucket(" + buckets + ")";
            case PartitionField.Truncate(int width) -> "truncate(" + width + ")";
        };
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
