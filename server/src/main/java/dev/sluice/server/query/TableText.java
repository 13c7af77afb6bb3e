package dev.sluice.server.query;

import dev.sluice.catalog.TableVersion;
import dev.sluice.catalog.ViewVersion;
import dev.sluice.core.FieldDefaults;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.SortKey;
import dev.sluice.engine.Engine;
import dev.sluice.planner.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Answers SHOW CREATE, SHOW TBLPROPERTIES and DESCRIBE EXTENDED. Thread-safe. */
final class TableText {
    static final Schema STATEMENT = new Schema(List.of(Listing.text("statement")));
    static final Schema PROPERTIES = new Schema(List.of(Listing.text("key"), Listing.text("value")));
    static final Schema DETAILS =
            new Schema(List.of(Listing.text("name"), Listing.text("value"), Listing.text("comment")));

    private static final String COMMENT = "comment";

    private final Engine engine;

    TableText(Engine engine) {
        this.engine = engine;
    }

    /** The statement that makes such a table, or the view. */
    List<List<@Nullable Object>> statement(TableRef name, Plan plan) {
        return List.of(Listing.row(plan.tables()
                .view(name)
                .map(TableText::createView)
                .orElseGet(() -> createTable(plan.tables().load(name)))));
    }

    private String createTable(TableVersion table) {
        var text = new StringBuilder("CREATE TABLE ").append(table.name());
        text.append(table.schema().getFields().stream()
                .map(this::column)
                .collect(Collectors.joining(",\n  ", " (\n  ", "\n)")));
        if (!table.partitioning().isEmpty()) {
            text.append(table.partitioning().stream()
                    .map(PartitionField::toString)
                    .collect(Collectors.joining(", ", "\nPARTITIONED BY (", ")")));
        }
        if (!table.order().isEmpty()) {
            text.append(table.order().stream()
                    .map(SortKey::toString)
                    .collect(Collectors.joining(", ", "\nSORTED BY (", ")")));
        }
        return text.append(properties(table.properties())).toString();
    }

    private String column(Field column) {
        var text = new StringBuilder(QualifiedName.quote(column.getName()))
                .append(' ')
                .append(type(column));
        if (!column.isNullable()) {
            text.append(" NOT NULL");
        }
        FieldDefaults.write(column).ifPresent(value -> text.append(" DEFAULT ").append(QualifiedName.literal(value)));
        return text.append(comment(column.getMetadata())).toString();
    }

    /** DuckDB has one type for bytes of any number. */
    private String type(Field column) {
        var name = engine.typeName(column);
        return column.getType() instanceof ArrowType.FixedSizeBinary fixed && name.equals("BLOB")
                ? "FIXED(" + fixed.getByteWidth() + ")"
                : name;
    }

    private static String comment(Map<String, String> from) {
        return from.containsKey(COMMENT) ? " COMMENT " + QualifiedName.literal(from.get(COMMENT)) : "";
    }

    private static String properties(Map<String, String> properties) {
        var others = new TreeMap<>(properties);
        var comment = others.remove(COMMENT);
        return (comment == null ? "" : "\nCOMMENT " + QualifiedName.literal(comment))
                + others.entrySet().stream()
                        .map(entry ->
                                QualifiedName.literal(entry.getKey()) + " = " + QualifiedName.literal(entry.getValue()))
                        .collect(Collectors.joining(", ", "\nTBLPROPERTIES (", ")"));
    }

    private static String createView(ViewVersion view) {
        var definition = view.definition();
        var columns = definition.columns().getFields().stream()
                .map(field -> QualifiedName.quote(field.getName()) + comment(field.getMetadata()))
                .collect(Collectors.joining(", ", " (", ")"));
        var properties = definition.properties().isEmpty() ? "" : properties(definition.properties());
        return "CREATE VIEW " + view.name() + columns + properties + "\nAS " + definition.sql();
    }

    List<List<@Nullable Object>> properties(TableRef name, Plan plan) {
        var properties = plan.tables()
                .view(name)
                .map(view -> view.definition().properties())
                .orElseGet(() -> plan.tables().load(name).properties());
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(entry -> Listing.row(entry.getKey(), entry.getValue()))
                        .toList();
    }

    /** The columns, and then what else is known. */
    List<List<@Nullable Object>> details(TableRef name, Plan plan) {
        var view = plan.tables().view(name);
        return view.map(this::details).orElseGet(() -> details(plan.tables().load(name)));
    }

    private List<List<@Nullable Object>> details(ViewVersion view) {
        var rows = columns(view.definition().columns());
        rows.add(Listing.row("# View", "", ""));
        rows.add(Listing.row("Name", view.name().toString(), ""));
        rows.add(Listing.row("Dialect", view.definition().dialect(), ""));
        rows.add(Listing.row("Default schema", view.definition().defaultSchema(), ""));
        rows.add(Listing.row("Metadata", view.metadataLocation(), ""));
        rows.add(Listing.row("Query", view.definition().sql(), ""));
        return withProperties(rows, view.definition().properties());
    }

    private List<List<@Nullable Object>> details(TableVersion table) {
        var rows = columns(table.schema());
        rows.add(Listing.row("# Partitioning", "", ""));
        table.partitioning().forEach(field -> rows.add(Listing.row(field.column(), field.toString(), "")));
        rows.add(Listing.row("# Table", "", ""));
        rows.add(Listing.row("Name", table.name().toString(), ""));
        rows.add(Listing.row(
                "Location", table.dataFolder().resolve("..").normalize().toString(), ""));
        rows.add(Listing.row("Metadata", table.metadataLocation(), ""));
        rows.add(Listing.row("Format version", table.properties().get("format-version"), ""));
        var snapshot = table.snapshotId();
        rows.add(Listing.row("Snapshot", snapshot.isPresent() ? Long.toString(snapshot.getAsLong()) : null, ""));
        return withProperties(rows, table.properties());
    }

    private List<List<@Nullable Object>> columns(Schema schema) {
        var rows = new ArrayList<List<@Nullable Object>>();
        schema.getFields()
                .forEach(field -> rows.add(Listing.row(
                        field.getName(), type(field), field.getMetadata().get(COMMENT))));
        return rows;
    }

    private static List<List<@Nullable Object>> withProperties(
            List<List<@Nullable Object>> rows, Map<String, String> properties) {
        rows.add(Listing.row("# Properties", "", ""));
        new TreeMap<>(properties).forEach((key, value) -> rows.add(Listing.row(key, value, "")));
        return rows;
    }
}
