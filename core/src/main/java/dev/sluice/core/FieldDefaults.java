package dev.sluice.core;

import java.util.HashMap;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Iceberg's default values on Arrow fields. Each is a text that SQL casts to the field's type: a date is
 * {@code 2026-01-31}, two bytes are {@code \x00\xFF}.
 */
public final class FieldDefaults {
    private static final String INITIAL = "sluice.initial-default";
    private static final String WRITE = "sluice.write-default";

    private FieldDefaults() {}

    /** What a row has that was written before the field was there; null where absent. */
    public static Optional<String> initial(Field field) {
        return Optional.ofNullable(field.getMetadata().get(INITIAL));
    }

    /** What a row gets whose writer says nothing of the field; null where absent. */
    public static Optional<String> write(Field field) {
        return Optional.ofNullable(field.getMetadata().get(WRITE));
    }

    public static Field withInitial(Field field, String text) {
        return with(field, INITIAL, text);
    }

    public static Field withWrite(Field field, String text) {
        return with(field, WRITE, text);
    }

    private static Field with(Field field, String key, String text) {
        var metadata = new HashMap<>(field.getMetadata());
        metadata.put(key, text);
        var type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
        return new Field(field.getName(), type, field.getChildren());
    }
}
