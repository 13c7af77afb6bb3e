/**
 * Tables, functions and refs at commits: Nessie for refs, Iceberg for tables, both known to this package alone. Start
 * at {@link dev.sluice.catalog.Catalog}.
 */
@NullMarked
package dev.sluice.catalog;

import org.jspecify.annotations.NullMarked;
