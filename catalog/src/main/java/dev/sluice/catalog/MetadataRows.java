package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.TableSummary;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableGroup;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/**
 * What tables' metadata tells in answer to queries: the rows of Iceberg's metadata tables, in batches, and summaries.
 * Thread-safe; each reader is confined to one thread.
 */
public final class MetadataRows {
    private static final int BATCH_ROWS = 2_048;

    private final Tables tables;
    private final WarehouseIO io;
    private final ScanPlanner planner;

    MetadataRows(Tables tables, WarehouseIO io, ScanPlanner planner) {
        this.tables = tables;
        this.io = io;
        this.planner = planner;
    }

    /** The columns of one kind. */
    public Schema columns(TableVersion version, MetadataTable kind) {
        return CatalogFailures.translated(
                "Describing '" + version.name() + "'",
                () -> IcebergTypes.toArrow(table(version, kind).schema()));
    }

    /** All rows, as of the version's own snapshot where the kind has one state for each snapshot. */
    @MustBeClosed
    public ArrowReader open(TableVersion version, MetadataTable kind, BufferAllocator allocator) {
        return CatalogFailures.translated("Reading metadata of '" + version.name() + "'", () -> {
            var table = table(version, kind);
            return new Reader(table.schema().asStruct(), scan(table, version, kind), allocator);
        });
    }

    /** The count of a table's rows and the ends of some of its columns, where its metadata tells them exactly. */
    public Optional<TableSummary> summary(TableVersion version, Set<String> columns) {
        return planner.summary(version, columns);
    }

    private Table table(TableVersion version, MetadataTable kind) {
        var base = new StagedTable(tables.metadata(version.metadataLocation()), io).table();
        return MetadataTableUtils.createMetadataTableInstance(base, MetadataTableType.valueOf(kind.name()));
    }

    private static TableScan scan(Table table, TableVersion version, MetadataTable kind) {
        var scan = table.newScan();
        return switch (kind) {
            case FILES, DATA_FILES, DELETE_FILES, ENTRIES, MANIFESTS, PARTITIONS ->
                version.snapshotId().isPresent()
                        ? scan.useSnapshot(version.snapshotId().getAsLong())
                        : scan;
            case SNAPSHOTS,
                    HISTORY,
                    METADATA_LOG_ENTRIES,
                    REFS,
                    ALL_FILES,
                    ALL_DATA_FILES,
                    ALL_DELETE_FILES,
                    ALL_ENTRIES,
                    ALL_MANIFESTS -> scan;
        };
    }

    /** Manifests are read one after the other, as the rows are taken. */
    private static final class Reader extends ArrowReader {
        private final Types.StructType type;
        private final CloseableGroup open = new CloseableGroup();
        private final Iterator<StructLike> rows;

        private Reader(Types.StructType type, TableScan scan, BufferAllocator allocator) {
            super(allocator);
            this.type = type;
            var tasks = scan.planFiles();
            open.addCloseable(tasks);
            var all = CloseableIterable.concat(
                    CloseableIterable.transform(tasks, task -> task.asDataTask().rows()));
            open.addCloseable(all);
            this.rows = all.iterator();
        }

        @Override
        protected Schema readSchema() {
            return IcebergTypes.toArrow(new org.apache.iceberg.Schema(type.fields()));
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            var root = getVectorSchemaRoot();
            root.clear();
            root.allocateNew();
            var count = 0;
            for (; count < BATCH_ROWS && rows.hasNext(); count++) {
                IcebergVectors.setRow(root.getFieldVectors(), count, rows.next(), type.fields());
            }
            root.setRowCount(count);
            return count > 0;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() throws IOException {
            open.close();
        }
    }
}
