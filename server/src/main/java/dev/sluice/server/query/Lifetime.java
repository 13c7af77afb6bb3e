package dev.sluice.server.query;

import dev.sluice.core.Scope;
import dev.sluice.engine.Cancellation;

/**
 * How long what a run uses is held, what may end it before, and who hears what it reads.
 *
 * @param scope takes over what the run uses
 */
record Lifetime(Scope scope, Cancellation cancellation, ReadLog reads) {}
