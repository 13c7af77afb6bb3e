package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;

/** Tells from metadata alone whether a column of a table has a value in every row. Thread-safe. */
record NullProof(WarehouseIO io, ExecutorService executor) {

    /** Whether the table certainly has no rows. */
    boolean isEmpty(TableMetadata table) {
        var snapshot = table.currentSnapshot();
        return snapshot == null || "0".equals(summary(snapshot.summary(), SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    private static String summary(Map<String, String> summary, String key) {
        return summary.getOrDefault(key, "");
    }

    /** Why a row may have none, in words that end a message; empty where none has. */
    Optional<String> whyNot(TableMetadata table, ColumnTree.Found column) {
        if (isEmpty(table)) {
            return Optional.empty();
        }
        if (!column.field().type().isPrimitiveType() || column.within().isPresent()) {
            return Optional.of("only a column of a plain type can be shown to have no NULL; the table must be empty");
        }
        var scan =
                new StagedTable(table, io).table().newScan().planWith(executor).includeColumnStats();
        try (var tasks = scan.planFiles()) {
            for (var task : tasks) {
                var nulls = nulls(task.file(), column.field().fieldId());
                if (nulls.isEmpty() || nulls.get() > 0) {
                    return Optional.of(
                            nulls.isEmpty()
                                    ? "file " + task.file().location()
                                            + " does not say whether it has NULLs; UPDATE the"
                                            + " column, so that its files are written anew"
                                    : "rows of the table have NULL there; UPDATE them first");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Long> nulls(DataFile file, int field) {
        return Optional.ofNullable(file.nullValueCounts()).map(counts -> counts.get(field));
    }
}
