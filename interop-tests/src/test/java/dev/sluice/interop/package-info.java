/** Sluice beside other programs: a Nessie server, a REST catalog, Spark. Start at {@code SparkMatrixTest}. */
@NullMarked
package dev.sluice.interop;

import org.jspecify.annotations.NullMarked;
