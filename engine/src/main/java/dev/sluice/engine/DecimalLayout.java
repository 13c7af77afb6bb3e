package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.LongStream;

/** How DuckDB stores a decimal: its digits as an integer of 2, 4, 8 or 16 bytes, as the precision asks for. */
record DecimalLayout(int precision, int scale) {
    private static final MemorySegment MEMORY = DuckDbApi.MEMORY;
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);
    private static final int MAX_DIGITS = 18;
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(MAX_DIGITS + 1).toArray();

    BigDecimal read(long data, long row) {
        if (precision <= MAX_DIGITS) {
            return BigDecimal.valueOf(readDigits(data, row), scale);
        }
        var high = BigInteger.valueOf(MEMORY.get(JAVA_LONG, data + row * 16 + 8));
        var low = BigInteger.valueOf(MEMORY.get(JAVA_LONG, data + row * 16));
        var digits = high.shiftLeft(64).add(low.signum() < 0 ? low.add(UNSIGNED) : low);
        return new BigDecimal(digits, scale);
    }

    /** Of a precision of at most 18. */
    long readDigits(long data, long row) {
        if (precision <= 4) {
            return MEMORY.get(JAVA_SHORT, data + row * 2);
        }
        return precision <= 9 ? MEMORY.get(JAVA_INT, data + row * 4) : MEMORY.get(JAVA_LONG, data + row * 8);
    }

    /** Rounds half up to the scale. */
    void write(long data, long row, BigDecimal value) {
        var rounded = value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw new ArithmeticException(value + " does not fit into DECIMAL(" + precision + "," + scale + ")");
        }
        if (precision <= MAX_DIGITS) {
            store(data, row, rounded.unscaledValue().longValueExact());
        } else {
            MEMORY.set(JAVA_LONG, data + row * 16, rounded.unscaledValue().longValue());
            MEMORY.set(
                    JAVA_LONG,
                    data + row * 16 + 8,
                    rounded.unscaledValue().shiftRight(64).longValueExact());
        }
    }

    /** Of a precision of at most 18. */
    void writeDigits(long data, long row, long digits) {
        if (digits >= POWERS[precision] || digits <= -POWERS[precision]) {
            throw new ArithmeticException(
                    BigDecimal.valueOf(digits, scale) + " does not fit into DECIMAL(" + precision + "," + scale + ")");
        }
        store(data, row, digits);
    }

    private void store(long data, long row, long digits) {
        if (precision <= 4) {
            MEMORY.set(JAVA_SHORT, data + row * 2, (short) digits);
        } else if (precision <= 9) {
            MEMORY.set(JAVA_INT, data + row * 4, (int) digits);
        } else {
            MEMORY.set(JAVA_LONG, data + row * 8, digits);
        }
    }
}
