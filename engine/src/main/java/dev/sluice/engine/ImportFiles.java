package dev.sluice.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files to read that are no part of any table.
 *
 * @param format {@code parquet}, {@code csv} or {@code json}
 * @param options options of DuckDB's reader, each value a literal
 */
public record ImportFiles(String format, List<Path> files, Map<String, String> options) {
    public ImportFiles {
        files = List.copyOf(files);
        options = Map.copyOf(options);
    }
}
