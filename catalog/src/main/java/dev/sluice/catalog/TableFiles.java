package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PartitionMap;

/**
 * Iceberg's tasks of one scan as the files that an engine reads. Confined to one thread. What no engine of ours reads
 * is {@code UNSUPPORTED}, with the file's name.
 */
final class TableFiles {
    private final WarehouseIO io;
    private final Map<Integer, PartitionSpec> specs;
    private final Map<Integer, Schema> schemas;
    private final PartitionMap<TableFile.Partition> partitions;
    private final FileColumns columns;

    private TableFiles(WarehouseIO io, Table table, Schema schema) {
        this.columns = new FileColumns(table, schema);
        this.io = io;
        this.specs = table.specs();
        this.schemas = table.schemas();
        this.partitions = PartitionMap.create(specs);
    }

    /** @param schema the columns that are read */
    static List<TableFile> of(WarehouseIO io, Table table, Schema schema, List<FileScanTask> tasks) {
        var files = new TableFiles(io, table, schema);
        return tasks.stream().map(files::of).toList();
    }

    private TableFile of(FileScanTask task) {
        var file = task.file();
        requireParquet(file);
        var origin = new TableFile.Origin(file.location(), sequence(file), firstRowId(file), partition(file));
        var deletes = task.deletes().stream().map(this::delete).toList();
        return new TableFile(
                io.path(file.location()),
                file.recordCount(),
                file.fileSizeInBytes(),
                origin,
                columns.of(file),
                deletes);
    }

    /** 0 for the files of format version 1, which has none. */
    static long sequence(ContentFile<?> file) {
        var sequence = file.dataSequenceNumber();
        return sequence == null ? 0 : sequence;
    }

    private static OptionalLong firstRowId(DataFile file) {
        var id = file.firstRowId();
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private TableFile.Partition partition(ContentFile<?> file) {
        return partitions.computeIfAbsent(file.specId(), file.partition(), () -> {
            var path = spec(file).partitionToPath(file.partition());
            return new TableFile.Partition(file.specId(), path, partitions.size());
        });
    }

    private PartitionSpec spec(ContentFile<?> file) {
        return Objects.requireNonNull(specs.get(file.specId()));
    }

    private RowDelete delete(DeleteFile file) {
        var path = io.path(file.location());
        if (file.format() == FileFormat.PUFFIN) {
            return new RowDelete.Vector(path, file.contentOffset(), file.contentSizeInBytes(), file.recordCount());
        }
        requireParquet(file);
        if (file.content() == FileContent.POSITION_DELETES) {
            return new RowDelete.Positions(path);
        }
        var columns = file.equalityFieldIds().stream()
                .map(id -> IcebergTypes.toArrow(column(id, file)))
                .toList();
        var scope = spec(file).isUnpartitioned()
                ? OptionalInt.empty()
                : OptionalInt.of(partition(file).scope());
        return new RowDelete.Equality(path, columns, sequence(file), scope);
    }

    /** A top-level column as the youngest schema that has it says. */
    private Types.NestedField column(int id, DeleteFile file) {
        return schemas.entrySet().stream()
                .sorted(Map.Entry.<Integer, Schema>comparingByKey().reversed())
                .flatMap(schema -> schema.getValue().columns().stream())
                .filter(column -> column.fieldId() == id)
                .findFirst()
                .orElseThrow(() -> Failure.unsupported("Equality deletes " + file.location() + " compare field " + id
                                + ", which is not a top-level column")
                        .exception());
    }

    private static void requireParquet(ContentFile<?> file) {
        if (file.format() != FileFormat.PARQUET) {
            throw Failure.unsupported("File " + file.location() + " is not Parquet but " + file.format())
                    .exception();
        }
    }
}
