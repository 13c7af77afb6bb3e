package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.Optional;

/**
 * A branch or tag as a listing shows it.
 *
 * @param hash the commit it names
 * @param committed when that commit was made; empty on an empty history
 * @param message that commit's message; empty on an empty history
 */
public record RefInfo(Ref ref, String hash, Optional<Instant> committed, Optional<String> message) {}
