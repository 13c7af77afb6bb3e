/** Statements: planned, run, cancelled. No class here knows of a protocol. Start at {@code Queries}. */
@NullMarked
package dev.sluice.server.query;

import org.jspecify.annotations.NullMarked;
