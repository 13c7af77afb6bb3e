package dev.sluice.engine;

import dev.sluice.core.MappedName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A column of a Parquet file as its footer tells, or a field of one.
 *
 * @param type as DuckDB names it
 * @param children of a struct; the element of a list; key and value of a map
 */
record FileField(String name, OptionalInt id, Kind kind, String type, List<FileField> children) {
    FileField {
        children = List.copyOf(children);
    }

    enum Kind {
        VALUE,
        STRUCT,
        LIST,
        MAP
    }

    /** Whether the field or one inside it has an id. */
    boolean hasIds() {
        return id.isPresent() || children.stream().anyMatch(FileField::hasIds);
    }

    /** The fields with the ids that a table's name mapping gives them; what it does not know keeps none. */
    static List<FileField> named(List<FileField> fields, List<MappedName> names) {
        var named = new ArrayList<FileField>();
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var mapped = names.stream()
                    .filter(name -> name.names().contains(field.name()))
                    .findFirst();
            var id = mapped.map(MappedName::id).orElse(OptionalInt.empty());
            var inner = mapped.map(MappedName::children).orElse(List.of());
            named.add(new FileField(field.name(), id, field.kind(), field.type(), named(field.children(), inner)));
        }
        return named;
    }
}
