package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udf.Column;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** A column of one batch of Arrow's. */
record InputColumn(String name, FieldVector vector) implements Column {
    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public @Nullable Object get(int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case BigIntVector _, IntVector _, Float4Vector _, Float8Vector _, BitVector _, DecimalVector _ ->
                vector.getObject(row);
            case VarCharVector texts -> new String(texts.get(row), StandardCharsets.UTF_8);
            case DateDayVector days -> LocalDate.ofEpochDay(days.get(row));
            case TimeStampMicroVector times -> LocalDateTime.ofInstant(instant(times.get(row)), ZoneOffset.UTC);
            case TimeStampMicroTZVector times -> instant(times.get(row));
            default -> throw other("values that a function can take yet");
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public long getLong(int row) {
        if (vector.isNull(row)) {
            return 0;
        }
        return switch (vector) {
            case BaseIntVector integers -> integers.getValueAsLong(row);
            default -> throw other("whole numbers");
        };
    }

    @Override
    public double getDouble(int row) {
        if (vector.isNull(row)) {
            return 0;
        }
        return switch (vector) {
            case FloatingPointVector numbers -> numbers.getValueAsDouble(row);
            case BaseIntVector integers -> integers.getValueAsLong(row);
            case DecimalVector decimals -> decimals.getObject(row).doubleValue();
            default -> throw other("numbers");
        };
    }

    @Override
    public long[] longs() {
        var values = new long[vector.getValueCount()];
        if (vector instanceof BigIntVector && vector.getNullCount() == 0) {
            MemorySegment.copy(
                    DuckDbApi.MEMORY, JAVA_LONG, vector.getDataBuffer().memoryAddress(), values, 0, values.length);
            return values;
        }
        Arrays.setAll(values, this::getLong);
        return values;
    }

    @Override
    public double[] doubles() {
        var values = new double[vector.getValueCount()];
        if (vector instanceof Float8Vector && vector.getNullCount() == 0) {
            MemorySegment.copy(
                    DuckDbApi.MEMORY, JAVA_DOUBLE, vector.getDataBuffer().memoryAddress(), values, 0, values.length);
            return values;
        }
        Arrays.setAll(values, this::getDouble);
        return values;
    }

    private IllegalArgumentException other(String wanted) {
        return new IllegalArgumentException("Column '" + name + "' has no " + wanted + ", but "
                + vector.getField().getType() + ": cast it in the query, or use get");
    }
}
