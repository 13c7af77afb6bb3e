/**
 * The words that all modules share: failures, names, refs, filters and files. No behaviour that needs a library beyond
 * Arrow's {@code Schema} and {@code Field}, which are the one type vocabulary. Start at
 * {@link dev.sluice.core.Failure}.
 */
@NullMarked
package dev.sluice.core;

import org.jspecify.annotations.NullMarked;
