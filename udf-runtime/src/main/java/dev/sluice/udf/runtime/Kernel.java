package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;

/**
 * A compiled loop over one batch of rows.
 *
 * @param loop {@code (long chunk, long result) → void}; throws what the user's method throws
 */
public record Kernel(MethodHandle loop) {}
