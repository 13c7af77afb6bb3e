package dev.sluice.core;

/**
 * One jar that a function was made with: its exact content, whatever a registry serves later.
 *
 * @param name for people: {@code group:artifact:version}, or the name of a file
 * @param sha256 of its bytes, in hexadecimal digits
 * @param bytes its size
 */
public record LockedJar(String name, String sha256, long bytes) {
    public LockedJar {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256: " + sha256);
        }
    }
}
