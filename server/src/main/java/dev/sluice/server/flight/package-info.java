/** Flight SQL calls to {@code Queries} and back; no logic of its own. Start at {@code SluiceFlightProducer}. */
@NullMarked
package dev.sluice.server.flight;

import org.jspecify.annotations.NullMarked;
