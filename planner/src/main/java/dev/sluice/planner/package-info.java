/**
 * SQL text to something that can run. Calcite and the generated parser are known to this package alone. Start at
 * {@link dev.sluice.planner.Planner}.
 */
@NullMarked
package dev.sluice.planner;

import org.jspecify.annotations.NullMarked;
