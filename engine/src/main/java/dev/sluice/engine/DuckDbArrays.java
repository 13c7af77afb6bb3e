package dev.sluice.engine;

import static dev.sluice.engine.DuckDbApi.MEMORY;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.udf.runtime.NestedVectors.PrimitiveArrays;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Arrays of a primitive type that DuckDB's vectors hold in the same form.
 *
 * @param component of the arrays
 * @param layout of a value in a vector
 */
record DuckDbArrays(Class<?> component, ValueLayout layout) implements PrimitiveArrays {
    static PrimitiveArrays of(Field type) {
        return switch (type.getType()) {
            case ArrowType.Bool _ -> new BooleanArrays();
            case ArrowType.Int i when i.getBitWidth() == 8 -> new DuckDbArrays(byte.class, JAVA_BYTE);
            case ArrowType.Int i when i.getBitWidth() == 16 -> new DuckDbArrays(short.class, JAVA_SHORT);
            case ArrowType.Int i when i.getBitWidth() == 32 -> new DuckDbArrays(int.class, JAVA_INT);
            case ArrowType.Int _ -> new DuckDbArrays(long.class, JAVA_LONG);
            case ArrowType.FloatingPoint f
            when f.getPrecision() == FloatingPointPrecision.SINGLE -> new DuckDbArrays(float.class, JAVA_FLOAT);
            case ArrowType.FloatingPoint _ -> new DuckDbArrays(double.class, JAVA_DOUBLE);
            default -> throw new IllegalArgumentException("No primitive type of Java's is " + type);
        };
    }

    @Override
    public Object read(long data, long start, int length) {
        var array = Array.newInstance(component, length);
        MemorySegment.copy(MEMORY, layout, data + start * layout.byteSize(), array, 0, length);
        return array;
    }

    @Override
    public int length(Object array) {
        return Array.getLength(array);
    }

    @Override
    public void write(long data, long start, Object array) {
        MemorySegment.copy(array, 0, MEMORY, layout, data + start * layout.byteSize(), length(array));
    }

    /** A boolean is a byte of 0 or 1 in a vector. */
    private record BooleanArrays() implements PrimitiveArrays {
        @Override
        public Object read(long data, long start, int length) {
            var array = new boolean[length];
            for (var i = 0; i < length; i++) {
                array[i] = VectorValues.readBoolean(data, start + i);
            }
            return array;
        }

        @Override
        public int length(Object array) {
            return ((boolean[]) array).length;
        }

        @Override
        public void write(long data, long start, Object array) {
            var values = (boolean[]) array;
            for (var i = 0; i < values.length; i++) {
                MEMORY.set(JAVA_BYTE, data + start + i, (byte) (values[i] ? 1 : 0));
            }
        }
    }
}
