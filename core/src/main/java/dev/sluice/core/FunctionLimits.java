package dev.sluice.core;

import java.time.Duration;
import java.util.Optional;

/**
 * How a user's function is kept in bounds, as its author says.
 *
 * @param tier absent for the server's choice
 * @param timeout how long it may work in one statement, all threads together; absent for as long as it takes
 */
public record FunctionLimits(Optional<Tier> tier, Optional<Duration> timeout) {
    public static final FunctionLimits NONE = new FunctionLimits(Optional.empty(), Optional.empty());

    /** Where a function's code runs. */
    public enum Tier {
        /** In the server's own process. */
        SHARED,
        /** In a process that runs nothing else. */
        PROCESS
    }
}
