package dev.sluice.core;

import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Iceberg's field ids on Arrow fields, under the metadata key that Arrow's own Parquet readers use. */
public final class FieldIds {
    public static final String KEY = "PARQUET:field_id";

    private FieldIds() {}

    public static OptionalInt find(Field field) {
        var id = field.getMetadata().get(KEY);
        return id == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(id));
    }

    /** The id of a field that must have one. */
    public static int load(Field field) {
        return find(field).orElseThrow(() -> new IllegalArgumentException("Field " + field + " has no id"));
    }

    /** The same field with the id; children keep theirs. */
    public static Field with(Field field, int id) {
        return with(field, id, field.getChildren());
    }

    /** The same field with the id and other children. */
    public static Field with(Field field, int id, List<Field> children) {
        var metadata = new HashMap<>(field.getMetadata());
        metadata.put(KEY, Integer.toString(id));
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata),
                children);
    }
}
