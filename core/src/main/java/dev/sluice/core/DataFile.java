package dev.sluice.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Parquet file that was written and is not yet part of a table.
 *
 * @param rows how many rows it holds
 * @param bytes its length
 * @param columns statistics by field id; a nested leaf has its own
 * @param partition one value for each partition field, in order, as DuckDB prints the transformed value (Iceberg's
 *     ordinal for year, month, day and hour: years, months, days, hours since 1970); empty where the value is null
 * @param order in which its rows lie; empty where none is promised
 */
public record DataFile(
        Path path,
        long rows,
        long bytes,
        Map<Integer, ColumnStats> columns,
        List<Optional<String>> partition,
        List<SortKey> order) {
    /** A file whose rows lie in no order that is promised. */
    public DataFile(
            Path path, long rows, long bytes, Map<Integer, ColumnStats> columns, List<Optional<String>> partition) {
        this(path, rows, bytes, columns, partition, List.of());
    }

    public DataFile {
        order = List.copyOf(order);
        columns = Map.copyOf(columns);
        partition = List.copyOf(partition);
    }

    /**
     * What a Parquet footer tells of one column.
     *
     * @param values how many values there are, nulls included
     * @param bytes compressed size, where known
     * @param min a lower bound as DuckDB prints it, absent where there is none or it holds NaN
     * @param max an upper bound, likewise
     */
    public record ColumnStats(
            long values, long nulls, OptionalLong bytes, Optional<String> min, Optional<String> max) {}
}
