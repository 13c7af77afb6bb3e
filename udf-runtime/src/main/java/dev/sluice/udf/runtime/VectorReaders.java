package dev.sluice.udf.runtime;

import dev.sluice.udf.runtime.ValueShape.Component;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the readers of values that have parts: a tree that follows their shape. */
final class VectorReaders {
    private static final MethodType READ = MethodType.methodType(Object.class, long.class, long.class);

    private final VectorAccess access;
    private final NestedVectors vectors;
    private final UserClasses classes;

    VectorReaders(VectorAccess access, UserClasses classes) {
        this.access = access;
        this.vectors = access.nested();
        this.classes = classes;
    }

    VectorReader reader(ValueShape shape) {
        return switch (shape) {
            case ValueShape.Plain plain -> flat(access.reader(plain.field()));
            case ValueShape.Digits digits -> flat(access.digitsReader(digits.field()));
            case ValueShape.PrimitiveArray array -> array(array);
            case ValueShape.Items items -> items(items);
            case ValueShape.Entries entries -> map(reader(entries.key()), reader(entries.value()));
            case ValueShape.Components components -> struct(components);
        };
    }

    private VectorReader flat(MethodHandle typed) {
        var read = typed.asType(READ);
        return vector -> {
            var data = vectors.data(vector);
            return nullable(vector, row -> read.invokeExact(data, row));
        };
    }

    private VectorReader.Rows nullable(long vector, VectorReader.Rows valid) {
        var mask = vectors.validity(vector);
        return mask == 0 ? valid : row -> vectors.isValid(mask, row) ? valid.read(row) : null;
    }

    private VectorReader array(ValueShape.PrimitiveArray shape) {
        var arrays = vectors.arrays(shape.element());
        var component = shape.java().componentType().displayName();
        return vector -> {
            var data = vectors.data(vector);
            var elements = vectors.elements(vector);
            var values = vectors.data(elements);
            var mask = vectors.validity(elements);
            return nullable(vector, row -> {
                var start = vectors.entryStart(data, row);
                var length = vectors.entryLength(data, row);
                for (var i = start; mask != 0 && i < start + length; i++) {
                    if (!vectors.isValid(mask, i)) {
                        throw new IllegalArgumentException("A list holds a null, which " + component
                                + "[] cannot: take a List or an array of boxes");
                    }
                }
                return arrays.read(values, start, length);
            });
        };
    }

    private VectorReader items(ValueShape.Items shape) {
        var element = reader(shape.element());
        if (!shape.java().isArray()) {
            return entries(
                    (elements, start, length) -> {
                        var list = new ArrayList<@Nullable Object>(length);
                        for (var i = start; i < start + length; i++) {
                            list.add(elements.read(i));
                        }
                        return list;
                    },
                    element);
        }
        var component = classes.load(shape.java().componentType());
        return entries(
                (elements, start, length) -> {
                    var array = (@Nullable Object[]) Array.newInstance(component, length);
                    for (var i = 0; i < length; i++) {
                        array[i] = elements.read(start + i);
                    }
                    return array;
                },
                element);
    }

    /** Gathers a range of elements. */
    private interface Gathering {
        Object gather(VectorReader.Rows elements, long start, int length) throws Throwable;
    }

    private VectorReader entries(Gathering gathering, VectorReader element) {
        return vector -> {
            var data = vectors.data(vector);
            var elements = element.open(vectors.elements(vector));
            return nullable(
                    vector,
                    row -> gathering.gather(elements, vectors.entryStart(data, row), vectors.entryLength(data, row)));
        };
    }

    private VectorReader map(VectorReader key, VectorReader value) {
        return vector -> {
            var data = vectors.data(vector);
            var entries = vectors.elements(vector);
            var keys = key.open(vectors.field(entries, 0));
            var values = value.open(vectors.field(entries, 1));
            return nullable(vector, row -> {
                var start = vectors.entryStart(data, row);
                var end = start + vectors.entryLength(data, row);
                var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                for (var i = start; i < end; i++) {
                    map.put(keys.read(i), values.read(i));
                }
                return map;
            });
        };
    }

    private VectorReader struct(ValueShape.Components shape) {
        var components = shape.components();
        var constructor = classes.constructor(shape.java());
        var readers = new ArrayList<VectorReader>();
        for (var component : components) {
            readers.add(reader(component.shape()));
        }
        return vector -> {
            var fields = IntStream.range(0, readers.size())
                    .mapToObj(i -> readers.get(i)
                            .open(vectors.field(vector, components.get(i).field())))
                    .toArray(VectorReader.Rows[]::new);
            return nullable(vector, row -> {
                var values = new @Nullable Object[fields.length];
                for (var i = 0; i < fields.length; i++) {
                    values[i] = fields[i].read(row);
                    if (values[i] == null) {
                        requireObject(components.get(i), shape.java());
                    }
                }
                return constructor.invokeExact(values);
            });
        };
    }

    private static void requireObject(Component component, ClassDesc owner) {
        if (component.shape().java().isPrimitive()) {
            throw new IllegalArgumentException("Field '" + component.name() + "' is null, which component '"
                    + component.name() + "' of record " + owner.displayName() + " cannot be: make it a box");
        }
    }
}
