package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.core.PartitionField;
import dev.sluice.core.TableParameter;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Statement;
import dev.sluice.udf.runtime.UdfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Answers DESCRIBE. Thread-safe. */
final class Descriptions {
    static final Schema COLUMNS = new Schema(List.of(
            Listing.text("column"),
            Listing.text("type"),
            Listing.flag("nullable"),
            Listing.text("partitioning"),
            Listing.text("comment")));
    static final Schema FUNCTION = new Schema(List.of(Listing.text("property"), Listing.text("value")));

    private final Catalog catalog;
    private final Engine engine;

    Descriptions(Catalog catalog, Engine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /** The columns of a table. */
    List<List<@Nullable Object>> columns(Statement.Describe describe, Plan plan) {
        var made = plan.tables().made(describe.table());
        if (made.isPresent()) {
            return columns(made.get().columns(), List.of());
        }
        var view = plan.tables().view(describe.table());
        if (view.isPresent()) {
            return columns(view.get().definition().columns(), List.of());
        }
        var table = plan.tables().load(describe.table());
        return columns(table.schema(), table.partitioning());
    }

    private List<List<@Nullable Object>> columns(Schema columns, List<PartitionField> partitioning) {
        return columns.getFields().stream()
                .map(field -> Listing.row(
                        field.getName(),
                        engine.typeName(field),
                        field.isNullable(),
                        partitioning.stream()
                                .filter(p -> p.column().equals(field.getName()))
                                .map(p -> shown(p.transform()))
                                .collect(Collectors.collectingAndThen(
                                        Collectors.joining(", "), s -> s.isEmpty() ? null : s)),
                        field.getMetadata().get("comment")))
                .toList();
    }

    /** The properties of a function. */
    List<List<@Nullable Object>> function(Statement.DescribeFunction describe, Plan plan) {
        var function = catalog.findFunction(describe.name(), plan.commit())
                .orElseThrow(() ->
                        Definitions.missing(describe.name(), plan.commit()).exception());
        var source = FunctionDocument.read(function.document());
        var rows = new ArrayList<List<@Nullable Object>>();
        rows.add(Listing.row("name", function.name().toString()));
        rows.add(Listing.row("signature", signature(function.document())));
        rows.add(Listing.row("kind", kind(function.document())));
        rows.add(Listing.row("language", "JAVA"));
        rows.add(Listing.row("handler", source.handler().orElse(null)));
        rows.add(Listing.row("deterministic", Boolean.toString(source.deterministic())));
        rows.add(Listing.row("called on null input", Boolean.toString(source.calledOnNull())));
        rows.add(Listing.row("isolation", source.limits().tier().map(Enum::name).orElse(null)));
        rows.add(Listing.row(
                "timeout",
                source.limits().timeout().map(time -> time.toMillis() + " ms").orElse(null)));
        rows.add(Listing.row("body", source.body()));
        return rows;
    }

    /** What a function makes of rows, in SQL's words. */
    static String kind(String document) {
        return FunctionDocument.read(document).kind().name();
    }

    /** A function's parameters and result, in SQL's words. */
    String signature(String document) {
        var source = FunctionDocument.read(document);
        return source.parameters().stream()
                .map(p -> p.getName() + " " + (TableParameter.is(p) ? "TABLE" : engine.typeName(p)))
                .collect(Collectors.joining(", ", "(", ") RETURNS " + result(source)));
    }

    /** A function's result, in SQL's words. */
    String result(UdfSource source) {
        return switch (source.kind()) {
            case SCALAR, AGGREGATE -> engine.typeName(source.result());
            case TABLE ->
                source.results().stream()
                        .map(column -> column.getName() + " " + engine.typeName(column))
                        .collect(Collectors.joining(", ", "TABLE (", ")"));
        };
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
}
