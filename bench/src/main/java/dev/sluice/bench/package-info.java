/**
 * Measures Sluice beside others, in one run on one machine, and writes what came out as Markdown. Start at
 * {@code Bench}. It uses the server as a client does, through the stock JDBC driver; nothing uses it.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
