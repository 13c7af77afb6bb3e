package dev.sluice.catalog;

import dev.sluice.core.Ref;

/** One state of the whole lake: a commit hash, and the ref by which it was found. */
public record Commit(Ref ref, String hash) {}
