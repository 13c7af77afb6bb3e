package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How DuckDB lays out values in a flat vector, and the Java values that they are. A string of up to 12 bytes lies in
 * its 16, a longer one is pointed to. A lone surrogate has no UTF-8 and becomes a question mark.
 */
final class VectorValues {
    static final MethodHandle IS_VALID = find(VectorValues.class, "isValid", boolean.class, long.class, long.class);
    static final MethodHandle SET_NULL = find(VectorValues.class, "setNull", void.class, long.class, long.class);

    /** The first of a state's words; the array is of pointers to states. */
    static final MethodHandle STATE = find(VectorValues.class, "state", long.class, long.class, long.class);

    static final MethodHandle SET_STATE =
            find(VectorValues.class, "setState", void.class, long.class, long.class, long.class);

    private static final MemorySegment MEMORY = DuckDbApi.MEMORY;
    private static final int INLINE_BYTES = 12;

    /** {@code read}: {@code (data, row) → value}; {@code write}: {@code (vector, data, row, value) → void}. */
    record Codec(MethodHandle read, MethodHandle write) {}

    private VectorValues() {}

    static Codec codec(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> codec("Boolean", boolean.class);
            case ArrowType.Int i when i.getBitWidth() == 8 -> codec("Byte", byte.class);
            case ArrowType.Int i when i.getBitWidth() == 16 -> codec("Short", short.class);
            case ArrowType.Int i when i.getBitWidth() == 32 -> codec("Int", int.class);
            case ArrowType.Int _ -> codec("Long", long.class);
            case ArrowType.FloatingPoint f
            when f.getPrecision() == FloatingPointPrecision.SINGLE -> codec("Float", float.class);
            case ArrowType.FloatingPoint _ -> codec("Double", double.class);
            case ArrowType.Decimal decimal -> decimalCodec(layout(decimal), "Decimal", BigDecimal.class);
            case ArrowType.Utf8 _ -> codec("String", String.class);
            case ArrowType.FixedSizeBinary _ when DuckDbTypes.isUuid(field) -> codec("Uuid", UUID.class);
            case ArrowType.FixedSizeBinary _, ArrowType.Binary _ -> codec("Bytes", byte[].class);
            case ArrowType.Date _ -> codec(TemporalValues.class, "Date", LocalDate.class);
            case ArrowType.Time _ -> codec(TemporalValues.class, "Time", LocalTime.class);
            case ArrowType.Timestamp t
            when t.getTimezone() == null -> codec(TemporalValues.class, "DateTime", LocalDateTime.class);
            case ArrowType.Timestamp _ -> codec(TemporalValues.class, "Instant", Instant.class);
            default -> throw new IllegalArgumentException("Functions do not take " + field);
        };
    }

    private static Codec codec(String name, Class<?> type) {
        return codec(VectorValues.class, name, type);
    }

    private static Codec codec(Class<?> owner, String name, Class<?> type) {
        return new Codec(
                find(owner, "read" + name, type, long.class, long.class),
                find(owner, "write" + name, void.class, long.class, long.class, long.class, type));
    }

    /** The digits of a decimal of at most 18, as a {@code long}. */
    static Codec digitsCodec(ArrowType.Decimal type) {
        return decimalCodec(layout(type), "Digits", long.class);
    }

    private static DecimalLayout layout(ArrowType.Decimal type) {
        return new DecimalLayout(type.getPrecision(), type.getScale());
    }

    private static Codec decimalCodec(DecimalLayout layout, String name, Class<?> type) {
        var read = find(VectorValues.class, "read" + name, type, DecimalLayout.class, long.class, long.class);
        var write = find(
                VectorValues.class,
                "write" + name,
                void.class,
                DecimalLayout.class,
                long.class,
                long.class,
                long.class,
                type);
        return new Codec(read.bindTo(layout), write.bindTo(layout));
    }

    private static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findStatic(owner, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The accessor is ours", e);
        }
    }

    static boolean isValid(long validity, long row) {
        return (MEMORY.get(JAVA_LONG, validity + (row >>> 6) * 8) >>> row & 1) != 0;
    }

    static void setNull(long validity, long row) {
        var word = validity + (row >>> 6) * 8;
        MEMORY.set(JAVA_LONG, word, MEMORY.get(JAVA_LONG, word) & ~(1L << row));
    }

    static long state(long states, long row) {
        return MEMORY.get(JAVA_LONG, MEMORY.get(JAVA_LONG, states + row * 8));
    }

    static void setState(long states, long row, long number) {
        MEMORY.set(JAVA_LONG, MEMORY.get(JAVA_LONG, states + row * 8), number);
    }

    static boolean readBoolean(long data, long row) {
        return MEMORY.get(JAVA_BYTE, data + row) != 0;
    }

    static void writeBoolean(long vector, long data, long row, boolean value) {
        MEMORY.set(JAVA_BYTE, data + row, (byte) (value ? 1 : 0));
    }

    static byte readByte(long data, long row) {
        return MEMORY.get(JAVA_BYTE, data + row);
    }

    static void writeByte(long vector, long data, long row, byte value) {
        MEMORY.set(JAVA_BYTE, data + row, value);
    }

    static short readShort(long data, long row) {
        return MEMORY.get(JAVA_SHORT, data + row * 2);
    }

    static void writeShort(long vector, long data, long row, short value) {
        MEMORY.set(JAVA_SHORT, data + row * 2, value);
    }

    static int readInt(long data, long row) {
        return MEMORY.get(JAVA_INT, data + row * 4);
    }

    static void writeInt(long vector, long data, long row, int value) {
        MEMORY.set(JAVA_INT, data + row * 4, value);
    }

    static long readLong(long data, long row) {
        return MEMORY.get(JAVA_LONG, data + row * 8);
    }

    static void writeLong(long vector, long data, long row, long value) {
        MEMORY.set(JAVA_LONG, data + row * 8, value);
    }

    static float readFloat(long data, long row) {
        return MEMORY.get(JAVA_FLOAT, data + row * 4);
    }

    static void writeFloat(long vector, long data, long row, float value) {
        MEMORY.set(JAVA_FLOAT, data + row * 4, value);
    }

    static double readDouble(long data, long row) {
        return MEMORY.get(JAVA_DOUBLE, data + row * 8);
    }

    static void writeDouble(long vector, long data, long row, double value) {
        MEMORY.set(JAVA_DOUBLE, data + row * 8, value);
    }

    static BigDecimal readDecimal(DecimalLayout layout, long data, long row) {
        return layout.read(data, row);
    }

    static void writeDecimal(DecimalLayout layout, long vector, long data, long row, BigDecimal value) {
        layout.write(data, row, value);
    }

    static long readDigits(DecimalLayout layout, long data, long row) {
        return layout.readDigits(data, row);
    }

    static void writeDigits(DecimalLayout layout, long vector, long data, long row, long value) {
        layout.writeDigits(data, row, value);
    }

    static String readString(long data, long row) {
        return new String(readBytes(data, row), StandardCharsets.UTF_8);
    }

    static void writeString(long vector, long data, long row, String value) {
        writeBytes(vector, data, row, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] readBytes(long data, long row) {
        var entry = data + row * 16;
        var bytes = new byte[MEMORY.get(JAVA_INT, entry)];
        var start = bytes.length <= INLINE_BYTES ? entry + 4 : MEMORY.get(JAVA_LONG, entry + 8);
        MemorySegment.copy(MEMORY, JAVA_BYTE, start, bytes, 0, bytes.length);
        return bytes;
    }

    static void writeBytes(long vector, long data, long row, byte[] bytes) {
        if (bytes.length > INLINE_BYTES) {
            DuckDbApi.assignString(vector, row, bytes);
            return;
        }
        var entry = data + row * 16;
        MEMORY.set(JAVA_LONG, entry, bytes.length); // and zeroes after it: DuckDB compares all 16 bytes
        MEMORY.set(JAVA_LONG, entry + 8, 0);
        MemorySegment.copy(bytes, 0, MEMORY, JAVA_BYTE, entry + 4, bytes.length);
    }

    /** DuckDB flips the first bit, so that ids sort as signed numbers. */
    static UUID readUuid(long data, long row) {
        return new UUID(
                MEMORY.get(JAVA_LONG, data + row * 16 + 8) ^ Long.MIN_VALUE, MEMORY.get(JAVA_LONG, data + row * 16));
    }

    static void writeUuid(long vector, long data, long row, UUID value) {
        MEMORY.set(JAVA_LONG, data + row * 16, value.getLeastSignificantBits());
        MEMORY.set(JAVA_LONG, data + row * 16 + 8, value.getMostSignificantBits() ^ Long.MIN_VALUE);
    }
}
