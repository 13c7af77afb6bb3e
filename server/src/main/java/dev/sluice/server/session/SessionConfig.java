package dev.sluice.server.session;

import java.time.Duration;

/**
 * How sessions begin and end.
 *
 * @param defaultBranch branch of a session that names none
 * @param defaultSchema schema of a session that names none
 * @param idleTimeout how long a session may rest; clients of the stock JDBC driver never say goodbye
 * @param transactionTimeout how long a transaction may rest between two statements
 * @param maxSessions sessions kept at once; past it, the one that rested longest ends
 */
public record SessionConfig(
        String defaultBranch,
        String defaultSchema,
        Duration idleTimeout,
        Duration transactionTimeout,
        int maxSessions) {}
