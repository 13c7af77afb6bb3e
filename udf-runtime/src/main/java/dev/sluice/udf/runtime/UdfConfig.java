package dev.sluice.udf.runtime;

/**
 * What functions may keep.
 *
 * @param keptFunctions how many compiled functions stay ready when no statement uses them
 * @param allocationBytes what a thread may allocate for one batch of rows, garbage included
 */
public record UdfConfig(int keptFunctions, long allocationBytes) {
    public UdfConfig {
        if (keptFunctions < 0) {
            throw new IllegalArgumentException("keptFunctions is at least 0, but is " + keptFunctions);
        }
    }
}
