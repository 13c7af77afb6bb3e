package dev.sluice.catalog;

/**
 * A thing that upkeep can take away.
 *
 * @param name a path, or the id of a snapshot
 * @param bytes what its own file takes
 * @param reason why it is not needed
 */
public record Dispensable(String name, long bytes, String reason) {}
