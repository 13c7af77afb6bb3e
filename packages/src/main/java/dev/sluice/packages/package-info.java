/**
 * The jars that functions use: resolved by Maven's rules when a function is made, and kept by their content. Owns
 * Maven's libraries. Start at {@link dev.sluice.packages.Packages}.
 */
@NullMarked
package dev.sluice.packages;

import org.jspecify.annotations.NullMarked;
