package dev.sluice.server.files;

/**
 * A file that can be imported.
 *
 * @param name its whole path or URI
 * @param relative its path below the part of the source that has no wildcard
 * @param bytes its length
 * @param version tells one state of the file from another: the time of its last change, or its ETag
 */
public record FoundFile(String name, String relative, long bytes, String version) {}
