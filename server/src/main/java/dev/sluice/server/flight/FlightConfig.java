package dev.sluice.server.flight;

import java.time.Duration;

/**
 * Where the Flight endpoint listens.
 *
 * @param port 0 takes a free one
 * @param handleTtl how long a result that nobody fetches, or a prepared statement that nobody uses, is kept
 * @param maxHandles results and prepared statements kept at once
 * @param threads calls that are served at once
 */
public record FlightConfig(String host, int port, Duration handleTtl, int maxHandles, int threads) {}
