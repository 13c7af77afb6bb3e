package dev.sluice.server.query;

import dev.sluice.core.Scope;
import dev.sluice.engine.Cancellation;

/**
 * How long what a run uses is held, and what may end it before.
 *
 * @param scope takes over what the run uses
 */
record Lifetime(Scope scope, Cancellation cancellation) {}
