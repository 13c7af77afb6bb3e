package dev.sluice.server.query;

import static java.util.stream.Collectors.joining;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.Engine;
import dev.sluice.engine.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The lake's names and types as tables, in the shapes of SQL's information schema: what a commit holds, written into
 * the query as rows. Thread-safe.
 */
final class InformationSchema {
    static final String NAME = "information_schema";

    private static final String CATALOG = "sluice";
    private static final Map<String, Schema> TABLES = Map.of(
            "schemata", columns("catalog_name", "schema_name"),
            "tables", columns("table_catalog", "table_schema", "table_name", "table_type"),
            "columns",
                    columns(
                            "table_catalog",
                            "table_schema",
                            "table_name",
                            "column_name",
                            "ordinal_position",
                            "is_nullable",
                            "data_type"),
            "routines", columns("routine_catalog", "routine_schema", "routine_name", "routine_type", "data_type"));

    private final Catalog catalog;
    private final Engine engine;

    InformationSchema(Catalog catalog, Engine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    private static Schema columns(String... names) {
        return new Schema(Stream.of(names)
                .map(name -> Field.nullable(
                        name, name.equals("ordinal_position") ? new ArrowType.Int(32, true) : ArrowType.Utf8.INSTANCE))
                .toList());
    }

    static boolean holds(QualifiedName table) {
        return table.schema().equalsIgnoreCase(NAME);
    }

    /** The columns of one of its tables. */
    static Optional<Schema> find(QualifiedName table) {
        return Optional.ofNullable(TABLES.get(table.name().toLowerCase(Locale.ROOT)));
    }

    /** One of its tables, as it stands in a FROM clause. */
    String expression(QualifiedName table, Commit commit) {
        var schema = find(table).orElseThrow(() -> new IllegalArgumentException("No such table: " + table));
        var rows = switch (table.name().toLowerCase(Locale.ROOT)) {
            case "schemata" ->
                catalog.schemas(commit).stream().map(name -> row(CATALOG, name)).toList();
            case "tables" ->
                catalog.tables(commit).stream()
                        .map(name -> row(CATALOG, name.schema(), name.name(), "BASE TABLE"))
                        .toList();
            case "columns" -> columns(commit);
            default -> routines(commit);
        };
        if (rows.isEmpty()) {
            return engine.standIn(new Source(schema, List.of(), Optional.empty()));
        }
        var names = schema.getFields().stream().map(Field::getName).collect(joining(", "));
        return "(SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS rows_(" + names + "))";
    }

    private List<String> columns(Commit commit) {
        var rows = new ArrayList<String>();
        for (var name : catalog.tables(commit)) {
            catalog.findTable(name, commit).ifPresent(table -> {
                var fields = table.schema().getFields();
                IntStream.range(0, fields.size())
                        .mapToObj(i -> row(
                                CATALOG,
                                name.schema(),
                                name.name(),
                                fields.get(i).getName(),
                                i + 1,
                                fields.get(i).isNullable() ? "YES" : "NO",
                                engine.typeName(fields.get(i))))
                        .forEach(rows::add);
            });
        }
        return rows;
    }

    private List<String> routines(Commit commit) {
        return catalog.functions(commit).stream()
                .map(function -> row(
                        CATALOG,
                        function.name().schema(),
                        function.name().name(),
                        "FUNCTION",
                        engine.typeName(
                                FunctionDocument.read(function.document()).result())))
                .toList();
    }

    private static String row(Object... values) {
        return Stream.of(values)
                .map(value ->
                        value instanceof Integer number ? number.toString() : QualifiedName.literal(value.toString()))
                .collect(joining(", ", "(", ")"));
    }
}
