package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The reads and writes of an engine's vectors, from which a {@link Kernel} is built. Addresses are {@code long}; each
 * handle is a constant of static shape, so that the compiled loop inlines it.
 *
 * <p>A value is, by type: {@code boolean}, {@code byte}, {@code short}, {@code int}, {@code long}, {@code float},
 * {@code double}, {@code BigDecimal}, {@code String}, {@code byte[]}, {@code UUID}, {@code LocalDate},
 * {@code LocalTime}, {@code LocalDateTime} (a timestamp with time zone is an {@code Instant}).
 */
public interface VectorAccess {
    /** {@code (long chunk) → long}: rows in the chunk. */
    MethodHandle size();

    /** {@code (long chunk, long index) → long}: the vector of a column. */
    MethodHandle column();

    /** {@code (long vector) → long}: address of its values. */
    MethodHandle data();

    /** {@code (long vector) → long}: address of its validity mask, 0 where all rows are valid. */
    MethodHandle validity();

    /** {@code (long vector) → long}: address of a validity mask that can be written, all valid at first. */
    MethodHandle writableValidity();

    /** {@code (long validity, long row) → boolean}. */
    MethodHandle isValid();

    /** {@code (long validity, long row) → void}. */
    MethodHandle setNull();

    /** {@code (long states, long row) → long}: the number in the state of a row's group. */
    MethodHandle state();

    /** {@code (long states, long row, long number) → void}. */
    MethodHandle setState();

    /** {@code (long data, long row) → value}. */
    MethodHandle reader(Field type);

    /** {@code (long vector, long data, long row, value) → void}. */
    MethodHandle writer(Field type);

    /** {@code (long data, long row) → long}: the digits of a decimal of at most 18. */
    MethodHandle digitsReader(Field type);

    /** {@code (long vector, long data, long row, long digits) → void}. */
    MethodHandle digitsWriter(Field type);

    /** The vectors of types that have parts. */
    NestedVectors nested();
}
