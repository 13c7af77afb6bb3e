/** Copies of a lake, and whether one is whole. May use the catalog and the engine. Start at {@link Backup}. */
@NullMarked
package dev.sluice.server.backup;

import org.jspecify.annotations.NullMarked;
