package dev.sluice.udf.runtime;

import dev.sluice.udf.runtime.ValueShape.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Matches SQL types with Java types. */
final class ShapeFinder {
    /** Which way values go: a number may widen on its way. */
    enum Direction {
        IN,
        OUT
    }

    /** A match that fails; the message continues {@code Parameter 'p' is STRUCT(a INTEGER)}. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        Misfit(String message) {
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    private static final int MAX_DIGITS = 18;

    private final RecordTypes records;
    private final Direction direction;

    ShapeFinder(RecordTypes records, Direction direction) {
        this.records = records;
        this.direction = direction;
    }

    ValueShape find(Field field, JavaType type) throws Misfit {
        return switch (field.getType()) {
            case ArrowType.List _ -> list(field, type);
            case ArrowType.Map _ -> map(field, type);
            case ArrowType.Struct _ -> struct(field, type);
            default -> plain(field, type);
        };
    }

    private ValueShape plain(Field field, JavaType type) throws Misfit {
        var sql = SqlType.of(field).orElseThrow(() -> new Misfit(", which Java functions do not take or give"));
        if (type.unscaled()) {
            return digits(field, type);
        }
        if (direction == Direction.IN ? sql.fits(type.erased()) : sql.accepts(type.erased())) {
            return new ValueShape.Plain(field, type.erased());
        }
        var digits = sql == SqlType.DECIMAL && isLong(type) ? ", or @Unscaled " + type.shown() : "";
        throw new Misfit(", which is " + sql.javaNames() + digits + " in Java, not " + type.shown());
    }

    private static ValueShape digits(Field field, JavaType type) throws Misfit {
        if (field.getType() instanceof ArrowType.Decimal decimal
                && decimal.getPrecision() <= MAX_DIGITS
                && isLong(type)) {
            return new ValueShape.Digits(field, type.erased());
        }
        throw new Misfit(", and @Unscaled is for a DECIMAL of at most " + MAX_DIGITS + " digits as long or Long");
    }

    private static boolean isLong(JavaType type) {
        return type.is(long.class) || type.is(Long.class);
    }

    private ValueShape list(Field field, JavaType type) throws Misfit {
        var element = field.getChildren().getFirst();
        var component = type.component();
        if (component.isPresent()
                && SqlType.of(element)
                        .filter(sql -> sql.fitsArrayOf(component.get().erased()))
                        .isPresent()) {
            return new ValueShape.PrimitiveArray(element, type.erased());
        }
        if (component.isEmpty() && !type.is(List.class)) {
            throw new Misfit(", which is a List or an array in Java, not " + type.shown());
        }
        var held = component
                .or(() -> type.argument(0))
                .filter(one -> !one.erased().isPrimitive())
                .orElseThrow(() -> new Misfit(", whose elements are not those of " + type.shown()));
        return new ValueShape.Items(part("its elements are ", element, held), type.erased());
    }

    private ValueShape map(Field field, JavaType type) throws Misfit {
        if (!type.is(Map.class)) {
            throw new Misfit(", which is a Map in Java, not " + type.shown());
        }
        var entry = field.getChildren().getFirst().getChildren();
        return new ValueShape.Entries(
                part("its keys are ", entry.get(0), argument(type, 0)),
                part("its values are ", entry.get(1), argument(type, 1)));
    }

    private static JavaType argument(JavaType type, int index) throws Misfit {
        return type.argument(index)
                .orElseThrow(() -> new Misfit(", but " + type.shown() + " does not say what it holds"));
    }

    private ValueShape struct(Field field, JavaType type) throws Misfit {
        var declared = records.find(type)
                .orElseThrow(() -> new Misfit(", which is a record of the body in Java, not " + type.shown()));
        var fields = field.getChildren();
        for (var sql : fields) {
            if (declared.stream().noneMatch(component -> component.name().equalsIgnoreCase(sql.getName()))) {
                throw new Misfit(": record " + type.shown() + " has no component '" + sql.getName() + "'");
            }
        }
        var components = new ArrayList<Component>();
        for (var component : declared) {
            var index = IntStream.range(0, fields.size())
                    .filter(i -> fields.get(i).getName().equalsIgnoreCase(component.name()))
                    .findFirst()
                    .orElseThrow(() -> new Misfit(": record " + type.shown() + " has a component '" + component.name()
                            + "', which is none of its fields"));
            var shape = part(
                    "component '" + component.name() + "' of record " + type.shown() + " is ",
                    fields.get(index),
                    component.type());
            components.add(new Component(component.name(), shape, index));
        }
        return new ValueShape.Components(type.erased(), components);
    }

    private ValueShape part(String what, Field field, JavaType type) throws Misfit {
        try {
            return find(field, type);
        } catch (Misfit misfit) {
            throw new Misfit(": " + what + SqlType.shown(field) + misfit.getMessage());
        }
    }
}
