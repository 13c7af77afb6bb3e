package dev.sluice.core;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A parameter of a function that takes a table. Its argument is the number under which the engine knows that table. */
public final class TableParameter {
    private static final String MARK = "sluice.table";

    private TableParameter() {}

    public static Field of(String name) {
        var type = new FieldType(true, new ArrowType.Int(64, true), null, Map.of(MARK, "true"));
        return new Field(name, type, List.of());
    }

    public static boolean is(Field parameter) {
        return parameter.getMetadata().containsKey(MARK);
    }
}
