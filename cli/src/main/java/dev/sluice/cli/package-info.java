/** The {@code sluice} command: serve, sql and demo. Start at {@code Sluice}. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
