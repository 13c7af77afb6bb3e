package dev.sluice.server.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What COPY INTO may read.
 *
 * @param folders of the server's disk, with all that is below; absent where it may read anywhere
 */
public record FileConfig(Optional<List<Path>> folders) {}
