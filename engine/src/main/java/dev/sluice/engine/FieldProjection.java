package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.FieldDefaults;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.FileField.Kind;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A table's column as an expression over a file's: fields are found by id at every depth, whatever they are called
 * there; what the file does not have is its initial default, or null.
 */
final class FieldProjection {
    private int lambdas;

    private FieldProjection() {}

    /** The expression, over the columns of {@code alias}. */
    static String of(Field column, List<FileField> file, String alias) {
        return new FieldProjection().field(column, file, found -> alias + "." + QualifiedName.quote(found.name()));
    }

    /** Whether DuckDB, which finds fields of structs by name, would find the same in the file. */
    static boolean isByName(Field column, List<FileField> file) {
        var found = find(column, file);
        return found.isEmpty() || sameNames(column, found.get());
    }

    private static boolean sameNames(Field field, FileField found) {
        return switch (field.getType()) {
            case ArrowType.Struct _
            when found.kind() == Kind.STRUCT -> field.getChildren().stream().allMatch(child -> sameChild(child, found));
            case ArrowType.List _
            when found.kind() == Kind.LIST ->
                sameNames(field.getChildren().getFirst(), found.children().getFirst());
            case ArrowType.Map _
            when found.kind() == Kind.MAP -> {
                var entry = field.getChildren().getFirst().getChildren();
                yield sameNames(entry.getFirst(), found.children().getFirst())
                        && sameNames(entry.getLast(), found.children().getLast());
            }
            default -> true;
        };
    }

    private static boolean sameChild(Field child, FileField struct) {
        var found = find(child, struct.children());
        return found.isPresent()
                ? found.get().name().equals(child.getName()) && sameNames(child, found.get())
                : FieldDefaults.initial(child).isEmpty()
                        && struct.children().stream()
                                .noneMatch(other -> other.name().equalsIgnoreCase(child.getName()));
    }

    private static Optional<FileField> find(Field field, List<FileField> file) {
        var id = FieldIds.load(field);
        return file.stream()
                .filter(each -> each.id().isPresent() && each.id().getAsInt() == id)
                .findFirst();
    }

    private interface Access {
        String of(FileField found);
    }

    private String field(Field field, List<FileField> siblings, Access access) {
        return find(field, siblings)
                .map(found -> value(field, found, access.of(found)))
                .orElseGet(() -> constant(field, FieldDefaults.initial(field)));
    }

    /** The text as a value of the field's type. */
    static String constant(Field field, Optional<String> text) {
        return "CAST(" + text.map(QualifiedName::literal).orElse("NULL") + " AS " + DuckDbTypes.sql(field) + ")";
    }

    private String value(Field field, FileField found, String value) {
        return switch (field.getType()) {
            case ArrowType.Struct _ when found.kind() == Kind.STRUCT -> struct(field, found, value);
            case ArrowType.List _
            when found.kind() == Kind.LIST -> {
                var element = "e" + lambdas++;
                var mapped =
                        value(field.getChildren().getFirst(), found.children().getFirst(), element);
                yield mapped.equals(element)
                        ? value
                        : "list_transform(" + value + ", lambda " + element + ": " + mapped + ")";
            }
            case ArrowType.Map _ when found.kind() == Kind.MAP -> map(field, found, value);
            default -> {
                var type = DuckDbTypes.sql(field);
                yield type.equals(found.type()) ? value : "CAST(" + value + " AS " + type + ")";
            }
        };
    }

    private String struct(Field field, FileField found, String value) {
        var children = field.getChildren().stream()
                .map(child -> QualifiedName.quote(child.getName()) + " := "
                        + field(
                                child,
                                found.children(),
                                inner -> "struct_extract(" + value + ", " + QualifiedName.literal(inner.name()) + ")"))
                .collect(joining(", "));
        return "CASE WHEN " + value + " IS NULL THEN NULL ELSE struct_pack(" + children + ") END";
    }

    private String map(Field field, FileField found, String value) {
        var types = field.getChildren().getFirst().getChildren();
        var entry = "e" + lambdas++;
        var key = value(types.getFirst(), found.children().getFirst(), entry + ".key");
        var mapped = value(types.getLast(), found.children().getLast(), entry + ".value");
        return "map_from_entries(list_transform(map_entries(" + value + "), lambda " + entry + ": struct_pack(key := "
                + key + ", value := " + mapped + ")))";
    }
}
