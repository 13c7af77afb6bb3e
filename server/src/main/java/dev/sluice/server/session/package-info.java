/** Who speaks to the server, and from which branch and schema they see the lake. Start at {@code Sessions}. */
@NullMarked
package dev.sluice.server.session;

import org.jspecify.annotations.NullMarked;
