package dev.sluice.s3;

import java.time.Instant;

/**
 * An object as it was when it was looked at.
 *
 * @param bytes its length
 * @param etag tells one content of it from another, with quotes around it; empty where the server tells none
 * @param changed when it was written
 */
public record S3Object(S3Uri uri, long bytes, String etag, Instant changed) {}
