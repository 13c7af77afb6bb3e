package dev.sluice.server.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What statements may reach.
 *
 * @param importFolders folders below which COPY INTO may read; absent where it may read anywhere
 */
public record QueryConfig(Optional<List<Path>> importFolders) {}
