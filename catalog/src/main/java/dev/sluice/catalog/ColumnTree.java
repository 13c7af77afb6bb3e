package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.ColumnPath;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** The columns of a table and the fields within them, found by a statement's paths in any case. */
record ColumnTree(QualifiedName table, Schema schema) {

    /**
     * A column, or a field within one.
     *
     * @param name the whole path, in the table's case, as Iceberg takes it
     * @param within what holds it, in the same way; empty for the table itself
     * @param inMapKey whether it is the key of a map, or part of one
     */
    record Found(String name, Types.NestedField field, Optional<Found> within, boolean inMapKey) {
        /** What it holds itself; empty for what is no struct. */
        List<Types.NestedField> fields() {
            return field.type() instanceof Types.StructType struct ? struct.fields() : List.of();
        }

        /** Whether it has a name of its own, as an element, a key or a value has not. */
        boolean isNamed() {
            return within.map(holder -> holder.field().type().isStructType()).orElse(true);
        }
    }

    /** The path's column; {@code COLUMN_NOT_FOUND} where there is none. */
    Found load(ColumnPath path) {
        return find(path).orElseThrow(() -> notFound(path));
    }

    Optional<Found> find(ColumnPath path) {
        return find(path.names());
    }

    /** What the path's last name is a part of; empty where that is the table. */
    Optional<Found> loadHolder(ColumnPath path) {
        var names = path.names();
        if (names.size() == 1) {
            return Optional.empty();
        }
        var holder = new ColumnPath(names.subList(0, names.size() - 1), path.position());
        return Optional.of(load(holder));
    }

    /** What stands beside each other in a struct, or in the table. */
    List<Types.NestedField> within(Optional<Found> holder) {
        return holder.map(Found::fields).orElseGet(schema::columns);
    }

    static Optional<Types.NestedField> named(List<Types.NestedField> fields, String name) {
        return fields.stream()
                .filter(field -> Names.fold(field.name()).equals(Names.fold(name)))
                .findFirst();
    }

    private Optional<Found> find(List<String> names) {
        var found = named(schema.columns(), names.getFirst())
                .map(field -> new Found(field.name(), field, Optional.empty(), false));
        for (var name : names.subList(1, names.size())) {
            found = found.flatMap(holder -> step(holder, name));
        }
        return found;
    }

    private static Optional<Found> step(Found holder, String name) {
        var fields = holder.field().type() instanceof Type.NestedType nested
                ? nested.fields()
                : List.<Types.NestedField>of();
        return named(fields, name).map(field -> {
            var isKey = holder.field().type() instanceof Types.MapType map && map.keyId() == field.fieldId();
            var path = holder.name() + '.' + field.name();
            return new Found(path, field, Optional.of(holder), holder.inMapKey() || isKey);
        });
    }

    private FailureException notFound(ColumnPath path) {
        var message = "Column '" + path + "' does not exist in table '" + table + "'";
        return new Failure.NotFound(Code.COLUMN_NOT_FOUND, message, Optional.of(path.position())).exception();
    }

    /** Whether the field is the other, or holds it at any depth. */
    static boolean holds(Types.NestedField field, int id) {
        return field.fieldId() == id
                || (field.type().isNestedType()
                        && TypeUtil.indexById(Types.StructType.of(field)).containsKey(id));
    }
}
