package dev.sluice.engine;

import dev.sluice.core.OnError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files to read that are no part of any table.
 *
 * @param format {@code parquet}, {@code csv} or {@code json}
 * @param options options of DuckDB's reader, each a value literal
 * @param columns the columns of the table that the files are for, in the table's case; where there are none, all
 */
public record ImportFiles(
        String format, List<Path> files, Map<String, String> options, List<String> columns, OnError onError) {
    public ImportFiles {
        files = List.copyOf(files);
        options = Map.copyOf(options);
        columns = List.copyOf(columns);
    }

    /** Files for all columns of a table, of which each must be read in full. */
    public ImportFiles(String format, List<Path> files, Map<String, String> options) {
        this(format, files, options, List.of(), OnError.ABORT);
    }
}
