package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.Engine;
import dev.sluice.udf.runtime.UdfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The lake's names and types as tables, in the shapes of SQL's information schema: what a commit holds. Nothing here
 * has keys or constraints, so the tables of those are empty. Thread-safe.
 */
final class InformationSchema {
    static final String NAME = "information_schema";

    private static final String CATALOG = "sluice";
    private static final String NAMES = "%_catalog %_schema %_name";
    private static final Map<String, Schema> TABLES = Map.of(
            "schemata", columns("catalog_name schema_name schema_owner"),
            "tables", columns(NAMES.replace("%", "table") + " table_type"),
            "views", columns(NAMES.replace("%", "table") + " view_definition"),
            "columns",
                    columns(NAMES.replace("%", "table") + " column_name ordinal_position# column_default is_nullable"
                            + " data_type character_maximum_length# numeric_precision# numeric_scale#"
                            + " datetime_precision# column_comment"),
            "routines",
                    columns(NAMES.replace("%", "routine") + " routine_type data_type external_language"
                            + " is_deterministic"),
            "table_constraints",
                    columns(NAMES.replace("%", "constraint") + " " + NAMES.replace("%", "table") + " constraint_type"),
            "key_column_usage",
                    columns(NAMES.replace("%", "constraint") + " " + NAMES.replace("%", "table")
                            + " column_name ordinal_position#"),
            "referential_constraints",
                    columns(NAMES.replace("%", "constraint") + " " + NAMES.replace("%", "unique_constraint")
                            + " match_option update_rule delete_rule"));

    private final Catalog catalog;
    private final Engine engine;

    InformationSchema(Catalog catalog, Engine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /** Texts, but for the names that end in {@code #}. */
    private static Schema columns(String names) {
        return new Schema(Stream.of(names.split(" "))
                .map(name ->
                        name.endsWith("#") ? Listing.integer(name.substring(0, name.length() - 1)) : Listing.text(name))
                .toList());
    }

    /** One of its tables, as the commit makes it. */
    @SuppressWarnings("MustBeClosedChecker") // who opens the rows closes them
    Optional<MadeTable> find(String table, Commit commit) {
        var name = table.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TABLES.get(name))
                .map(columns -> new MadeTable(
                        columns, allocator -> new Listing(columns, rows(name, commit)).reader(allocator)));
    }

    private List<List<@Nullable Object>> rows(String table, Commit commit) {
        return switch (table) {
            case "schemata" ->
                catalog.schemas(commit).stream()
                        .map(name -> Listing.row(CATALOG, name, null))
                        .toList();
            case "tables" ->
                Stream.concat(
                                catalog.tables(commit).stream().map(name -> kind(name, "BASE TABLE")),
                                catalog.views(commit).stream().map(name -> kind(name, "VIEW")))
                        .toList();
            case "views" ->
                catalog.views(commit).stream()
                        .flatMap(name -> catalog.findView(name, commit).stream())
                        .map(view -> Listing.row(
                                CATALOG,
                                view.name().schema(),
                                view.name().name(),
                                view.definition().sql()))
                        .toList();
            case "columns" -> columns(commit);
            case "routines" -> routines(commit);
            default -> List.of();
        };
    }

    private List<List<@Nullable Object>> columns(Commit commit) {
        var rows = new ArrayList<List<@Nullable Object>>();
        for (var name : catalog.tables(commit)) {
            ReadableTables.find(catalog, name, commit).ifPresent(table -> rows.addAll(columns(name, table.schema())));
        }
        for (var name : catalog.views(commit)) {
            catalog.findView(name, commit)
                    .ifPresent(
                            view -> rows.addAll(columns(name, view.definition().columns())));
        }
        return rows;
    }

    private static List<@Nullable Object> kind(QualifiedName name, String kind) {
        return Listing.row(CATALOG, name.schema(), name.name(), kind);
    }

    private List<List<@Nullable Object>> columns(QualifiedName table, Schema columns) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var position = 1;
        for (var field : columns.getFields()) {
            rows.add(column(table, field, position++));
        }
        return rows;
    }

    private List<@Nullable Object> column(QualifiedName table, Field field, int position) {
        var number = number(field.getType());
        return Listing.row(
                CATALOG,
                table.schema(),
                table.name(),
                field.getName(),
                position,
                null,
                field.isNullable() ? "YES" : "NO",
                engine.typeName(field),
                null,
                number.map(Digits::precision).orElse(null),
                number.map(Digits::scale).orElse(null),
                isTime(field.getType()) ? 6 : null,
                field.getMetadata().get("comment"));
    }

    private record Digits(int precision, int scale) {}

    private static Optional<Digits> number(ArrowType type) {
        return switch (type) {
            case ArrowType.Decimal decimal -> Optional.of(new Digits(decimal.getPrecision(), decimal.getScale()));
            case ArrowType.Int integer -> Optional.of(new Digits(integer.getBitWidth() > 32 ? 19 : 10, 0));
            default -> Optional.empty();
        };
    }

    private static boolean isTime(ArrowType type) {
        return type instanceof ArrowType.Timestamp || type instanceof ArrowType.Time;
    }

    private String dataType(UdfSource function) {
        return switch (function.kind()) {
            case SCALAR, AGGREGATE -> engine.typeName(function.result());
            case TABLE -> "TABLE";
        };
    }

    private List<List<@Nullable Object>> routines(Commit commit) {
        return catalog.functions(commit).stream()
                .map(function -> {
                    var source = FunctionDocument.read(function.document());
                    return Listing.row(
                            CATALOG,
                            function.name().schema(),
                            function.name().name(),
                            "FUNCTION",
                            dataType(source),
                            "JAVA",
                            source.deterministic() ? "YES" : "NO");
                })
                .toList();
    }
}
