package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * DuckDB's flat vectors copied into memory that two processes share, one after the other: a word that says whether
 * there are nulls, the validity mask if so, the values as DuckDB lays them out, and for strings what their entries
 * point to, by addresses of the process that will read them.
 */
final class VectorImage {
    private static final MemorySegment MEMORY = DuckDbApi.MEMORY;
    private static final int TEXT_BYTES = 16;
    private static final int INLINE_BYTES = 12;

    private final List<Field> types;

    VectorImage(List<Field> types) {
        this.types = List.copyOf(types);
    }

    /** How many bytes {@link #write} will fill. */
    long bytes(long chunk, long rows) {
        var bytes = 0L;
        for (var i = 0; i < types.size(); i++) {
            var vector = DuckDbApi.vector(chunk, i);
            bytes += Long.BYTES + maskBytes(rows) + aligned(rows * width(types.get(i)));
            if (isText(types.get(i))) {
                bytes += heapBytes(vector, rows);
            }
        }
        return bytes;
    }

    /**
     * Copies the vectors of a chunk.
     *
     * @param at where the image begins here
     * @param reader what to add to an address here to have the reader's
     */
    void write(long chunk, long rows, long at, long reader) {
        var to = at;
        for (var i = 0; i < types.size(); i++) {
            var vector = DuckDbApi.vector(chunk, i);
            to = isText(types.get(i))
                    ? writeText(vector, rows, writeMask(vector, rows, to), reader)
                    : writeValues(vector, rows * width(types.get(i)), writeMask(vector, rows, to));
        }
    }

    /** Fills the vectors of a chunk, whose strings stay in the image. */
    void lend(long chunk, long rows, long at) {
        var from = at;
        for (var i = 0; i < types.size(); i++) {
            var vector = DuckDbApi.vector(chunk, i);
            var text = isText(types.get(i));
            from = readMask(vector, rows, from);
            copy(from, DuckDbApi.data(vector), rows * width(types.get(i)));
            from += aligned(rows * width(types.get(i)));
            if (text) {
                from += heapBytes(vector, rows);
            }
        }
    }

    /**
     * Fills a vector, with its own copy of strings; the image is of this one vector.
     *
     * @param bytes of the memory: a string that claims to lie elsewhere is refused
     */
    void give(long vector, long rows, long at, long bytes) {
        var type = types.getFirst();
        var from = readMask(vector, rows, at);
        if (!isText(type)) {
            copy(from, DuckDbApi.data(vector), rows * width(type));
            return;
        }
        var data = DuckDbApi.data(vector);
        for (var row = 0L; row < rows; row++) {
            var entry = from + row * TEXT_BYTES;
            var length = MEMORY.get(JAVA_INT, entry);
            if (length <= INLINE_BYTES) {
                copy(entry, data + row * TEXT_BYTES, TEXT_BYTES);
            } else {
                var start = MEMORY.get(JAVA_LONG, entry + 8);
                if (start < at || start > at + bytes - length) {
                    throw new IllegalStateException("The worker's string is not in the shared memory");
                }
                DuckDbApi.assignString(vector, row, start, length);
            }
        }
    }

    private static long writeMask(long vector, long rows, long to) {
        var mask = DuckDbApi.validity(vector);
        MEMORY.set(JAVA_LONG, to, mask);
        if (mask == 0) {
            return to + Long.BYTES;
        }
        copy(mask, to + Long.BYTES, maskBytes(rows));
        return to + Long.BYTES + maskBytes(rows);
    }

    private static long readMask(long vector, long rows, long from) {
        if (MEMORY.get(JAVA_LONG, from) == 0) {
            return from + Long.BYTES;
        }
        copy(from + Long.BYTES, DuckDbApi.writableMask(vector), maskBytes(rows));
        return from + Long.BYTES + maskBytes(rows);
    }

    private static long writeValues(long vector, long bytes, long to) {
        copy(DuckDbApi.data(vector), to, bytes);
        return to + aligned(bytes);
    }

    private static long writeText(long vector, long rows, long to, long reader) {
        var data = DuckDbApi.data(vector);
        var mask = DuckDbApi.validity(vector);
        var heap = to + rows * TEXT_BYTES;
        for (var row = 0L; row < rows; row++) {
            var entry = to + row * TEXT_BYTES;
            if (mask != 0 && !VectorValues.isValid(mask, row)) {
                MEMORY.set(JAVA_LONG, entry, 0);
                MEMORY.set(JAVA_LONG, entry + 8, 0);
                continue;
            }
            copy(data + row * TEXT_BYTES, entry, TEXT_BYTES);
            var length = MEMORY.get(JAVA_INT, entry);
            if (length > INLINE_BYTES) {
                copy(MEMORY.get(JAVA_LONG, entry + 8), heap, length);
                MEMORY.set(JAVA_LONG, entry + 8, heap + reader);
                heap += aligned(length);
            }
        }
        return heap;
    }

    /** What the strings of a vector need beside their entries. */
    private static long heapBytes(long vector, long rows) {
        var data = DuckDbApi.data(vector);
        var mask = DuckDbApi.validity(vector);
        var bytes = 0L;
        for (var row = 0L; row < rows; row++) {
            if (mask == 0 || VectorValues.isValid(mask, row)) {
                var length = MEMORY.get(JAVA_INT, data + row * TEXT_BYTES);
                bytes += length > INLINE_BYTES ? aligned(length) : 0;
            }
        }
        return bytes;
    }

    private static void copy(long from, long to, long bytes) {
        MemorySegment.copy(MEMORY, JAVA_BYTE, from, MEMORY, JAVA_BYTE, to, bytes);
    }

    private static long maskBytes(long rows) {
        return (rows + 63) / 64 * Long.BYTES;
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & -8;
    }

    private static boolean isText(Field field) {
        return switch (field.getType()) {
            case ArrowType.Utf8 _, ArrowType.Binary _ -> true;
            case ArrowType.FixedSizeBinary _ -> !DuckDbTypes.isUuid(field);
            default -> false;
        };
    }

    /** Bytes of a value in a vector. */
    private static int width(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> 1;
            case ArrowType.Int number -> number.getBitWidth() / Byte.SIZE;
            case ArrowType.FloatingPoint number ->
                number.getPrecision() == FloatingPointPrecision.SINGLE ? Float.BYTES : Double.BYTES;
            case ArrowType.Decimal decimal -> decimalBytes(decimal.getPrecision());
            case ArrowType.Date _ -> Integer.BYTES;
            case ArrowType.Time _, ArrowType.Timestamp _ -> Long.BYTES;
            case ArrowType.FixedSizeBinary _ -> TEXT_BYTES; // as wide as an id
            case ArrowType.Utf8 _, ArrowType.Binary _ -> TEXT_BYTES;
            default -> throw new IllegalArgumentException("Values of " + field + " do not go to another process");
        };
    }

    private static int decimalBytes(int precision) {
        if (precision <= 4) {
            return Short.BYTES;
        }
        return precision <= 9 ? Integer.BYTES : precision <= 18 ? Long.BYTES : 2 * Long.BYTES;
    }
}
