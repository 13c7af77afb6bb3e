package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.core.FieldIds;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import dev.sluice.core.TableSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.types.Types;

/**
 * Counts of rows and ends of columns from manifests alone, where these tell them exactly. Kept by the immutable
 * metadata that they are from. Thread-safe.
 */
final class Summaries {
    private static final int CACHED = 10_000;

    private final Tables tables;
    private final WarehouseIO io;
    private final ExecutorService executor;
    private final Cache<Key, Optional<TableSummary>> summaries =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    private record Key(String metadataLocation, long snapshotId, Set<String> columns) {}

    Summaries(Tables tables, WarehouseIO io, ExecutorService executor) {
        this.tables = tables;
        this.io = io;
        this.executor = executor;
    }

    /** @param files tells all files of the table, when it is asked */
    Optional<TableSummary> find(TableVersion version, Set<String> columns, Supplier<List<TableFile>> files) {
        if (version.snapshotId().isEmpty()) {
            var nothing = new HashMap<String, Optional<TableSummary.Range>>();
            columns.forEach(column -> nothing.put(column, Optional.empty()));
            return Optional.of(new TableSummary(0, nothing));
        }
        var key = new Key(version.metadataLocation(), version.snapshotId().getAsLong(), columns);
        return CatalogFailures.translated(
                "Reading the bounds of table '" + version.name() + "'",
                () -> summaries.get(key, k -> read(version, k, files.get())));
    }

    private Optional<TableSummary> read(TableVersion version, Key key, List<TableFile> files) {
        var rows = rows(files);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (key.columns().isEmpty()) {
            return Optional.of(new TableSummary(rows.getAsLong(), Map.of()));
        }
        return files.stream().allMatch(file -> file.deletes().isEmpty())
                ? ranges(version, key).map(ranges -> new TableSummary(rows.getAsLong(), ranges))
                : Optional.empty();
    }

    /** Of deletes, only a vector tells how many rows it takes; those of other kinds may overlap, or miss. */
    private static OptionalLong rows(List<TableFile> files) {
        var rows = 0L;
        for (var file : files) {
            rows += file.rows();
            for (var delete : file.deletes()) {
                if (!(delete instanceof RowDelete.Vector vector)) {
                    return OptionalLong.empty();
                }
                rows -= vector.cardinality();
            }
        }
        return OptionalLong.of(rows);
    }

    private Optional<Map<String, Optional<TableSummary.Range>>> ranges(TableVersion version, Key key) {
        var table = new StagedTable(tables.metadata(key.metadataLocation()), io).table();
        var scan = table.newScan().planWith(executor).useSnapshot(key.snapshotId());
        var ends = new TreeMap<String, ColumnEnds>();
        for (var name : key.columns()) {
            var column = column(version, name, scan);
            if (column.isEmpty() || !ColumnEnds.areExact(column.get())) {
                return Optional.empty();
            }
            ends.put(name, new ColumnEnds(column.get()));
        }
        var columns = ends.values().stream().map(ColumnEnds::column).toList();
        try (var tasks = scan.includeColumnStats(columns).planFiles()) {
            for (var task : tasks) {
                for (var column : ends.values()) {
                    if (!column.add(task.file())) {
                        return Optional.empty();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var ranges = new HashMap<String, Optional<TableSummary.Range>>();
        for (var column : ends.entrySet()) {
            if (!column.getValue().isPrintable()) {
                return Optional.empty();
            }
            ranges.put(column.getKey(), column.getValue().range());
        }
        return Optional.of(ranges);
    }

    /** The column as the snapshot has it, by its id. */
    private static Optional<Types.NestedField> column(TableVersion version, String name, TableScan scan) {
        return Optional.ofNullable(
                scan.schema().asStruct().field(FieldIds.load(version.schema().findField(name))));
    }
}
