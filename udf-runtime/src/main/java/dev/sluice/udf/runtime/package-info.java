/**
 * Other people's code, compiled, checked and kept apart: class loaders and class files are known to this package alone.
 * A class loader isolates names and lifetimes; the checks stop honest mistakes and known attacks. Neither is a sandbox
 * against hostile code. Start at {@link dev.sluice.udf.runtime.UdfRuntime}.
 */
@NullMarked
package dev.sluice.udf.runtime;

import org.jspecify.annotations.NullMarked;
