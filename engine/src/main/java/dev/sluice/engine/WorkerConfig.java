package dev.sluice.engine;

import dev.sluice.core.FunctionLimits.Tier;
import java.nio.file.Path;

/**
 * The processes in which functions run apart from the server.
 *
 * @param tier for functions that do not say where they run
 * @param folder for their copy of DuckDB's library and for sockets
 * @param most how many there are at once; more statements wait
 * @param spares how many stand ready without a function, once one has been asked for
 * @param memoryBytes Java heap of each
 */
public record WorkerConfig(Tier tier, Path folder, int most, int spares, long memoryBytes) {}
