/** All that a user's function may see of the server. */
@NullMarked
package dev.sluice.udf;

import org.jspecify.annotations.NullMarked;
