package dev.sluice.catalog;

import java.nio.file.Path;

/**
 * Where the lake is.
 *
 * @param store folder of the embedded Nessie's own store
 * @param warehouse folder of the tables' files
 * @param defaultBranch created with the store, and never dropped
 */
public record CatalogConfig(Path store, Path warehouse, String defaultBranch) {}
