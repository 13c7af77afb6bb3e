package dev.sluice.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What DuckDB may use.
 *
 * @param warehouse the one folder that its scans and writes may touch
 * @param temp where it spills
 * @param memoryBytes its memory limit
 * @param tempBytes limit of what it spills
 * @param threads its worker threads
 * @param runningStatements how many statements run at once; more wait for {@code admissionWait}, then fail
 * @param batchRows rows of an Arrow batch
 * @param workers where functions run apart
 */
public record EngineConfig(
        Path warehouse,
        Path temp,
        long memoryBytes,
        long tempBytes,
        int threads,
        int runningStatements,
        Duration admissionWait,
        int batchRows,
        WorkerConfig workers) {}
