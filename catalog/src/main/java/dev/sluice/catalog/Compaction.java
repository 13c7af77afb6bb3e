package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.expressions.Expressions;

/** Which data files of a table to write anew: Iceberg's own bin-packing decides. Thread-safe. */
final class Compaction {
    /** A file that has deletes costs every scan, and writing it anew only once. */
    private static final Map<String, String> NEEDY = Map.of(BinPackRewriteFilePlanner.DELETE_FILE_THRESHOLD, "1");

    private static final Map<String, String> ALL = Map.of(BinPackRewriteFilePlanner.REWRITE_ALL, "true");

    private final Tables tables;
    private final WarehouseIO io;

    Compaction(Tables tables, WarehouseIO io) {
        this.tables = tables;
        this.io = io;
    }

    List<FileGroup> groups(TableVersion version, Housekeeping.Choice choice) {
        if (version.snapshotId().isEmpty()) {
            return List.of();
        }
        var table = new StagedTable(tables.metadata(version.metadataLocation()), io).table();
        var filter = choice.filter()
                .map(f -> new PruningExpression(version.schema(), table.schema()).of(f))
                .orElse(Expressions.alwaysTrue());
        var planner = new BinPackRewriteFilePlanner(
                table, filter, version.snapshotId().getAsLong(), true);
        planner.init(
                switch (choice.extent()) {
                    case NEEDY -> NEEDY;
                    case ALL -> ALL;
                });
        return CatalogFailures.translated(
                "Choosing files of table '" + version.name() + "'", () -> groups(planner, table));
    }

    private List<FileGroup> groups(BinPackRewriteFilePlanner planner, Table table) {
        var groups = new ArrayList<FileGroup>();
        try (var planned = planner.plan().groups()) {
            planned.forEach(group -> groups.add(new FileGroup(
                    group.fileScanTasks().stream()
                            .map(task -> io.path(task.file().location()))
                            .collect(Collectors.toSet()),
                    isCurrent(group.fileScanTasks(), table) ? FileGroup.Spread.ONE_PARTITION : FileGroup.Spread.ANY,
                    group.inputFilesSizeInBytes(),
                    reason(group.fileScanTasks(), table))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return groups;
    }

    private static boolean isCurrent(List<FileScanTask> tasks, Table table) {
        return table.spec().isUnpartitioned()
                || tasks.stream()
                        .allMatch(task -> task.spec().specId() == table.spec().specId());
    }

    private static String reason(List<FileScanTask> tasks, Table table) {
        var deletes = tasks.stream().filter(task -> !task.deletes().isEmpty()).count();
        if (!isCurrent(tasks, table)) {
            return "one of " + tasks.size() + " files, some of older partitionings";
        }
        var spec = table.spec();
        var partition = spec.isPartitioned()
                ? " of partition "
                        + spec.partitionToPath(tasks.getFirst().file().partition())
                : "";
        return "one of " + tasks.size() + " files" + partition + (deletes == 0 ? "" : ", " + deletes + " with deletes");
    }
}
