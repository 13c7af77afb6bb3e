/** From the socket to the other modules; the only module that sees them all. Start at {@code SluiceServer.open}. */
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
