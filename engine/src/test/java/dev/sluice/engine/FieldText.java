package dev.sluice.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads types such as {@code STRUCT(a INTEGER, b VARCHAR[])}, for tests. */
final class FieldText {
    private FieldText() {}

    /** Types that stand one after the other, with blanks between. */
    static List<Field> fields(String types) {
        var fields = new ArrayList<Field>();
        for (var type : split(types, ' ')) {
            fields.add(field("p" + fields.size(), type));
        }
        return fields;
    }

    static Field field(String name, String type) {
        if (type.endsWith("[]")) {
            return parts(name, new ArrowType.List(), field("element", type.substring(0, type.length() - 2)));
        }
        if (type.startsWith("STRUCT(")) {
            return parts(
                    name,
                    new ArrowType.Struct(),
                    split(inside(type), ',').stream()
                            .map(part -> part.strip().split(" ", 2))
                            .map(part -> field(part[0], part[1]))
                            .toArray(Field[]::new));
        }
        if (type.startsWith("MAP(")) {
            var entry = split(inside(type), ',');
            var entries = parts(
                    "entries",
                    new ArrowType.Struct(),
                    field("key", entry.get(0)),
                    field("value", entry.get(1).strip()));
            return parts(name, new ArrowType.Map(false), entries);
        }
        return type.equals("UUID") ? DuckDbTypes.uuid(name) : new Field(name, FieldType.nullable(plain(type)), null);
    }

    private static Field parts(String name, ArrowType type, Field... parts) {
        return new Field(name, FieldType.nullable(type), List.of(parts));
    }

    private static String inside(String type) {
        return type.substring(type.indexOf('(') + 1, type.length() - 1);
    }

    /** At separators outside of parentheses. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var start = 0;
        var depth = 0;
        for (var i = 0; i < text.length(); i++) {
            depth += Map.of('(', 1, ')', -1).getOrDefault(text.charAt(i), 0);
            if (depth == 0 && text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static ArrowType plain(String type) {
        if (type.startsWith("DECIMAL")) {
            var numbers = inside(type).split(",");
            return new ArrowType.Decimal(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 128);
        }
        return switch (type) {
            case "BOOLEAN" -> new ArrowType.Bool();
            case "TINYINT" -> new ArrowType.Int(8, true);
            case "SMALLINT" -> new ArrowType.Int(16, true);
            case "INTEGER" -> new ArrowType.Int(32, true);
            case "BIGINT" -> new ArrowType.Int(64, true);
            case "REAL" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "VARCHAR" -> new ArrowType.Utf8();
            case "BLOB" -> new ArrowType.Binary();
            case "DATE" -> new ArrowType.Date(DateUnit.DAY);
            case "TIME" -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "TIMESTAMPTZ" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            default -> throw new IllegalArgumentException(type);
        };
    }
}
