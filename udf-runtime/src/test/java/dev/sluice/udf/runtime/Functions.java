package dev.sluice.udf.runtime;

import dev.sluice.core.FunctionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Declarations for tests: {@code of("f", "BIGINT BIGINT", "BIGINT", body)}. */
final class Functions {
    /** For functions without packages. */
    static final JarSource NO_JARS = jar -> {
        throw new IllegalStateException("No jar was expected to be asked for");
    };

    private Functions() {}

    static UdfSource of(String name, String parameters, String result, String body) {
        var fields = new ArrayList<Field>();
        for (var type : parameters.isBlank() ? new String[0] : parameters.split(" ")) {
            fields.add(field("p" + (fields.size() + 1), type));
        }
        return new UdfSource(
                name, FunctionKind.SCALAR, fields, field("", result), Optional.empty(), true, false, List.of(), body);
    }

    static UdfSource withHandler(UdfSource source, String handler) {
        return new UdfSource(
                source.name(),
                source.kind(),
                source.parameters(),
                source.result(),
                Optional.of(handler),
                source.deterministic(),
                source.calledOnNull(),
                source.libraries(),
                source.body());
    }

    static UdfSource calledOnNull(UdfSource source) {
        return new UdfSource(
                source.name(),
                source.kind(),
                source.parameters(),
                source.result(),
                source.handler(),
                source.deterministic(),
                true,
                source.libraries(),
                source.body());
    }

    static Field field(String name, String type) {
        var arrow = switch (type) {
            case "BOOLEAN" -> new ArrowType.Bool();
            case "INTEGER" -> new ArrowType.Int(32, true);
            case "BIGINT" -> new ArrowType.Int(64, true);
            case "REAL" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "DECIMAL" -> new ArrowType.Decimal(18, 3, 128);
            case "VARCHAR" -> new ArrowType.Utf8();
            case "DATE" -> new ArrowType.Date(DateUnit.DAY);
            case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "TIMESTAMPTZ" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case "NULL" -> new ArrowType.Null();
            default -> throw new IllegalArgumentException(type);
        };
        return new Field(name, FieldType.nullable(arrow), List.of());
    }
}
