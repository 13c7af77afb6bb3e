/**
 * DuckDB behind one face: the only package that knows its classes, its C functions and an address. Start at
 * {@link dev.sluice.engine.Engine}.
 */
@NullMarked
package dev.sluice.engine;

import org.jspecify.annotations.NullMarked;
