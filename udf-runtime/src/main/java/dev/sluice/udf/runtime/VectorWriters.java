package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the writers of values that have parts: a tree that follows their shape. */
final class VectorWriters {
    private static final MethodType WRITE =
            MethodType.methodType(void.class, long.class, long.class, long.class, Object.class);

    private final VectorAccess access;
    private final NestedVectors vectors;
    private final UserClasses classes;

    VectorWriters(VectorAccess access, UserClasses classes) {
        this.access = access;
        this.vectors = access.nested();
        this.classes = classes;
    }

    VectorWriter writer(ValueShape shape) {
        return switch (shape) {
            case ValueShape.Plain plain -> flat(access.writer(plain.field()));
            case ValueShape.Digits digits -> flat(access.digitsWriter(digits.field()));
            case ValueShape.PrimitiveArray array -> array(array);
            case ValueShape.Items items -> {
                var element = writer(items.element());
                yield items.java().isArray()
                        ? list(element, array -> Arrays.asList((@Nullable Object[]) array))
                        : list(element, list -> (List<?>) list);
            }
            case ValueShape.Entries entries ->
                list(struct(entry(entries)), map -> List.copyOf(((Map<?, ?>) map).entrySet()));
            case ValueShape.Components components -> struct(fields(components));
        };
    }

    private VectorWriter flat(MethodHandle typed) {
        var write = typed.asType(WRITE);
        return vector -> {
            var data = vectors.data(vector);
            return (row, value) -> {
                if (value == null) {
                    writeNull(vector, row);
                } else {
                    write.invokeExact(vector, data, row, value);
                }
            };
        };
    }

    private void writeNull(long vector, long row) {
        vectors.setNull(vectors.writableValidity(vector), row);
    }

    private VectorWriter array(ValueShape.PrimitiveArray shape) {
        var arrays = vectors.arrays(shape.element());
        return vector -> {
            var room = new ElementRoom(vectors, vector);
            return (row, array) -> {
                if (array == null) {
                    writeNull(vector, row);
                    return;
                }
                var start = room.append(row, arrays.length(array));
                arrays.write(vectors.data(vectors.elements(vector)), start, array);
            };
        };
    }

    /** Something as the elements of a list. */
    private interface Listing {
        List<?> list(Object value);
    }

    private VectorWriter list(VectorWriter element, Listing listing) {
        return vector -> new ListRows(vectors, vector, element, listing::list);
    }

    /** A struct's field, and where its value comes from. */
    private record FieldWriter(int field, MethodHandle get, VectorWriter writer) {}

    private List<FieldWriter> fields(ValueShape.Components shape) {
        var fields = new ArrayList<FieldWriter>();
        for (var component : shape.components()) {
            fields.add(new FieldWriter(
                    component.field(), classes.accessor(shape.java(), component.name()), writer(component.shape())));
        }
        return fields;
    }

    private List<FieldWriter> entry(ValueShape.Entries shape) {
        return List.of(
                new FieldWriter(0, UserClasses.ENTRY_KEY, writer(shape.key())),
                new FieldWriter(1, UserClasses.ENTRY_VALUE, writer(shape.value())));
    }

    /** The fields of a null are null as well, as DuckDB has it. */
    private VectorWriter struct(List<FieldWriter> fields) {
        return vector -> {
            var rows = IntStream.range(0, fields.size())
                    .mapToObj(i -> fields.get(i)
                            .writer()
                            .open(vectors.field(vector, fields.get(i).field())))
                    .toArray(VectorWriter.Rows[]::new);
            return (row, value) -> {
                if (value == null) {
                    writeNull(vector, row);
                }
                for (var i = 0; i < rows.length; i++) {
                    rows[i].write(
                            row, value == null ? null : fields.get(i).get().invokeExact(value));
                }
            };
        };
    }
}
