package dev.sluice.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Days, which count from 1970 in DuckDB's vectors, and times, which are microseconds: from midnight or from 1970. */
final class TemporalValues {
    /** In a second. */
    private static final long MICROS = 1_000_000;

    /** In a microsecond. */
    private static final int NANOS = 1000;

    private TemporalValues() {}

    static LocalDate readDate(long data, long row) {
        return LocalDate.ofEpochDay(VectorValues.readInt(data, row));
    }

    static void writeDate(long vector, long data, long row, LocalDate value) {
        VectorValues.writeInt(vector, data, row, Math.toIntExact(value.toEpochDay()));
    }

    static LocalTime readTime(long data, long row) {
        return LocalTime.ofNanoOfDay(VectorValues.readLong(data, row) * NANOS);
    }

    static void writeTime(long vector, long data, long row, LocalTime value) {
        VectorValues.writeLong(vector, data, row, value.toNanoOfDay() / NANOS);
    }

    static LocalDateTime readDateTime(long data, long row) {
        var micros = VectorValues.readLong(data, row);
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos(micros), ZoneOffset.UTC);
    }

    static void writeDateTime(long vector, long data, long row, LocalDateTime value) {
        writeInstant(vector, data, row, value.toInstant(ZoneOffset.UTC));
    }

    static Instant readInstant(long data, long row) {
        var micros = VectorValues.readLong(data, row);
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos(micros));
    }

    static void writeInstant(long vector, long data, long row, Instant value) {
        var micros = Math.multiplyExact(value.getEpochSecond(), MICROS);
        VectorValues.writeLong(vector, data, row, Math.addExact(micros, value.getNano() / NANOS));
    }

    private static int nanos(long micros) {
        return (int) Math.floorMod(micros, MICROS) * NANOS;
    }
}
