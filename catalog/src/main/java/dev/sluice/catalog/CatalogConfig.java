package dev.sluice.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the lake is.
 *
 * @param store folder of the embedded Nessie's own store
 * @param warehouse folder of the tables' files
 * @param defaultBranch created with the store, and never dropped
 */
public record CatalogConfig(Path store, Path warehouse, String defaultBranch) {
    void createFolders() {
        for (var folder : List.of(store, warehouse)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw CatalogFailures.internal("Creating folder " + folder, e);
            }
        }
    }
}
