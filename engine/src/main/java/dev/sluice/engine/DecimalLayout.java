package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** How DuckDB stores a decimal: its digits as an integer of 2, 4, 8 or 16 bytes, as the precision asks for. */
record DecimalLayout(int precision, int scale) {
    private static final MemorySegment MEMORY = DuckDbApi.MEMORY;
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

    BigDecimal read(long data, long row) {
        if (precision <= 18) {
            return BigDecimal.valueOf(readLong(data, row), scale);
        }
        var high = BigInteger.valueOf(MEMORY.get(JAVA_LONG, data + row * 16 + 8));
        var low = BigInteger.valueOf(MEMORY.get(JAVA_LONG, data + row * 16));
        var digits = high.shiftLeft(64).add(low.signum() < 0 ? low.add(UNSIGNED) : low);
        return new BigDecimal(digits, scale);
    }

    private long readLong(long data, long row) {
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
        var digits = rounded.unscaledValue();
        if (precision <= 4) {
            MEMORY.set(JAVA_SHORT, data + row * 2, digits.shortValueExact());
        } else if (precision <= 9) {
            MEMORY.set(JAVA_INT, data + row * 4, digits.intValueExact());
        } else if (precision <= 18) {
            MEMORY.set(JAVA_LONG, data + row * 8, digits.longValueExact());
        } else {
            MEMORY.set(JAVA_LONG, data + row * 16, digits.longValue());
            MEMORY.set(JAVA_LONG, data + row * 16 + 8, digits.shiftRight(64).longValueExact());
        }
    }
}
