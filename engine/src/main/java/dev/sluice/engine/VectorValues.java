package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * How DuckDB lays out values in a flat vector, and the Java values that they are. A string of up to 12 bytes lies in
 * its 16, a longer one is pointed to; days and microseconds count from 1970. A lone surrogate has no UTF-8 and becomes
 * a question mark.
 */
final class VectorValues {
    static final MethodHandle IS_VALID = find("isValid", boolean.class, long.class, long.class);
    static final MethodHandle SET_NULL = find("setNull", void.class, long.class, long.class);

    /** The first of a state's words; the array is of pointers to states. */
    static final MethodHandle STATE = find("state", long.class, long.class, long.class);

    static final MethodHandle SET_STATE = find("setState", void.class, long.class, long.class, long.class);

    private static final MemorySegment MEMORY = DuckDbApi.MEMORY;
    private static final int INLINE_BYTES = 12;
    private static final long MICROS = 1_000_000;

    /** {@code read}: {@code (data, row) → value}; {@code write}: {@code (vector, data, row, value) → void}. */
    record Codec(MethodHandle read, MethodHandle write) {}

    private VectorValues() {}

    static Codec codec(ArrowType type) {
        return switch (type) {
            case ArrowType.Bool _ -> codec("Boolean", boolean.class);
            case ArrowType.Int i when i.getBitWidth() == 32 -> codec("Int", int.class);
            case ArrowType.Int i when i.getBitWidth() == 64 -> codec("Long", long.class);
            case ArrowType.FloatingPoint f
            when f.getPrecision() == FloatingPointPrecision.SINGLE -> codec("Float", float.class);
            case ArrowType.FloatingPoint _ -> codec("Double", double.class);
            case ArrowType.Decimal decimal ->
                decimalCodec(new DecimalLayout(decimal.getPrecision(), decimal.getScale()));
            case ArrowType.Utf8 _ -> codec("String", String.class);
            case ArrowType.Date _ -> codec("Date", LocalDate.class);
            case ArrowType.Timestamp t when t.getTimezone() == null -> codec("DateTime", LocalDateTime.class);
            case ArrowType.Timestamp _ -> codec("Instant", Instant.class);
            default -> throw new IllegalArgumentException("Functions do not take " + type);
        };
    }

    private static Codec codec(String name, Class<?> type) {
        return new Codec(
                find("read" + name, type, long.class, long.class),
                find("write" + name, void.class, long.class, long.class, long.class, type));
    }

    private static Codec decimalCodec(DecimalLayout layout) {
        return new Codec(
                find("readDecimal", BigDecimal.class, DecimalLayout.class, long.class, long.class)
                        .bindTo(layout),
                find(
                                "writeDecimal",
                                void.class,
                                DecimalLayout.class,
                                long.class,
                                long.class,
                                long.class,
                                BigDecimal.class)
                        .bindTo(layout));
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findStatic(VectorValues.class, name, MethodType.methodType(result, parameters));
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

    static String readString(long data, long row) {
        var entry = data + row * 16;
        var bytes = new byte[MEMORY.get(JAVA_INT, entry)];
        var start = bytes.length <= INLINE_BYTES ? entry + 4 : MEMORY.get(JAVA_LONG, entry + 8);
        MemorySegment.copy(MEMORY, JAVA_BYTE, start, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeString(long vector, long data, long row, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > INLINE_BYTES) {
            DuckDbApi.assignString(vector, row, bytes);
            return;
        }
        var entry = data + row * 16;
        MEMORY.set(JAVA_LONG, entry, bytes.length); // and zeroes after it: DuckDB compares all 16 bytes
        MEMORY.set(JAVA_LONG, entry + 8, 0);
        MemorySegment.copy(bytes, 0, MEMORY, JAVA_BYTE, entry + 4, bytes.length);
    }

    static LocalDate readDate(long data, long row) {
        return LocalDate.ofEpochDay(readInt(data, row));
    }

    static void writeDate(long vector, long data, long row, LocalDate value) {
        writeInt(vector, data, row, Math.toIntExact(value.toEpochDay()));
    }

    static LocalDateTime readDateTime(long data, long row) {
        var micros = readLong(data, row);
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos(micros), ZoneOffset.UTC);
    }

    static void writeDateTime(long vector, long data, long row, LocalDateTime value) {
        writeInstant(vector, data, row, value.toInstant(ZoneOffset.UTC));
    }

    static Instant readInstant(long data, long row) {
        var micros = readLong(data, row);
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos(micros));
    }

    static void writeInstant(long vector, long data, long row, Instant value) {
        var micros = Math.multiplyExact(value.getEpochSecond(), MICROS);
        writeLong(vector, data, row, Math.addExact(micros, value.getNano() / 1000));
    }

    private static int nanos(long micros) {
        return (int) Math.floorMod(micros, MICROS) * 1000;
    }
}
