package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.core.TableSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;

/**
 * Which files of a snapshot a scan must read: Iceberg's planning over manifests. Neither a snapshot nor its manifests
 * change, so a plan is kept for when it is asked for again. Thread-safe.
 */
final class ScanPlanner {
    private static final int CACHED_FILES = 100_000;

    private final Tables tables;
    private final WarehouseIO io;
    private final ExecutorService executor;
    private final Summaries summaries;
    private final Cache<Scan, ScanFiles> plans = Caffeine.newBuilder()
            .maximumWeight(CACHED_FILES)
            .weigher((Scan _, ScanFiles plan) -> 1 + plan.files().size())
            .build();

    private record Scan(String metadataLocation, long snapshotId, ScanFiles.Request request) {}

    ScanPlanner(Tables tables, WarehouseIO io, ExecutorService executor) {
        this.tables = tables;
        this.io = io;
        this.executor = executor;
        this.summaries = new Summaries(tables, io, executor);
    }

    ScanFiles files(TableVersion version, ScanFiles.Request request) {
        if (version.snapshotId().isEmpty()) {
            return new ScanFiles(List.of(), 0, 0);
        }
        var scan = new Scan(version.metadataLocation(), version.snapshotId().getAsLong(), request);
        return CatalogFailures.translated(
                "Planning the scan of table '" + version.name() + "'",
                () -> plans.get(scan, _ -> plan(version, scan.snapshotId(), request)));
    }

    /** What the table's metadata tells exactly of all its rows. */
    Optional<TableSummary> summary(TableVersion version, Set<String> columns) {
        return summaries.find(
                version, columns, () -> files(version, ScanFiles.Request.ALL).files());
    }

    private ScanFiles plan(TableVersion version, long snapshotId, ScanFiles.Request request) {
        var table = new StagedTable(tables.metadata(version.metadataLocation()), io).table();
        var scan = scan(table, snapshotId);
        var pruned = request.filter()
                .map(filter -> scan.filter(new PruningExpression(version.schema(), scan.schema()).of(filter)))
                .orElse(scan);
        var constants = FileColumns.constants(table, scan.schema());
        var files = TableFiles.of(
                io, table, scan.schema(), tasks(constants.isEmpty() ? pruned : pruned.includeColumnStats(constants)));
        var total = Total.of(table.snapshot(snapshotId)).orElseGet(() -> Total.of(tasks(scan)));
        return new ScanFiles(files, total.files(), total.bytes());
    }

    private TableScan scan(Table table, long snapshotId) {
        var current = table.currentSnapshot();
        var scan = table.newScan().planWith(executor);
        return current != null && current.snapshotId() == snapshotId ? scan : scan.useSnapshot(snapshotId);
    }

    /** In the order in which the files were added, so that an unordered read is the same each time. */
    private static List<FileScanTask> tasks(TableScan scan) {
        try (var planned = scan.planFiles()) {
            var tasks = new ArrayList<FileScanTask>();
            planned.forEach(tasks::add);
            tasks.sort(Comparator.comparingLong((FileScanTask task) -> TableFiles.sequence(task.file()))
                    .thenComparing(task -> task.file().location()));
            return tasks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a snapshot holds before pruning. */
    private record Total(long files, long bytes) {
        static Total of(List<FileScanTask> tasks) {
            return new Total(
                    tasks.size(),
                    tasks.stream()
                            .mapToLong(task -> task.file().fileSizeInBytes())
                            .sum());
        }

        static Optional<Total> of(Snapshot snapshot) {
            Map<String, String> summary = snapshot.summary();
            var files = summary.get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
            var bytes = summary.get(SnapshotSummary.TOTAL_FILE_SIZE_PROP);
            return files == null || bytes == null
                    ? Optional.empty()
                    : Optional.of(new Total(Long.parseLong(files), Long.parseLong(bytes)));
        }
    }
}
