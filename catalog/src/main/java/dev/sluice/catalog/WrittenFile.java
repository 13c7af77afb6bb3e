package dev.sluice.catalog;

import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A file that was written for a table, as Iceberg's manifests list it. */
final class WrittenFile {
    private WrittenFile() {}

    static org.apache.iceberg.DataFile toIceberg(DataFile file, StagedTable staged) {
        return toIceberg(file, staged.io().location(file.path()), staged.current());
    }

    static org.apache.iceberg.DataFile toIceberg(DataFile file, String location, TableMetadata table) {
        var builder = DataFiles.builder(table.spec())
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(DataFileMetrics.of(file, table));
        if (table.spec().isPartitioned()) {
            builder.withPartition(partition(file, table.spec(), table.schema()));
        }
        if (!file.order().isEmpty() && file.order().equals(SortKeys.fromIceberg(table.sortOrder()))) {
            builder.withSortOrder(table.sortOrder());
        }
        return builder.build();
    }

    private static PartitionData partition(DataFile file, PartitionSpec spec, Schema schema) {
        var fields = spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .toList();
        if (fields.size() != file.partition().size()) {
            throw new Failure.Internal(
                            "File " + file.path() + " has " + file.partition().size()
                                    + " partition values, but its table has " + fields.size() + " partition fields")
                    .exception();
        }
        var partition = new PartitionData(spec.partitionType());
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var position = spec.fields().indexOf(field);
            file.partition().get(i).ifPresent(text -> partition.set(position, value(field, text, file, schema)));
        }
        return partition;
    }

    private static Object value(PartitionField field, String text, DataFile file, Schema schema) {
        var source = schema.findType(field.sourceId());
        var type = field.transform().isIdentity()
                ? source
                : ordinal(field.transform().getResultType(source));
        return PrintedValue.parse(type, text)
                .orElseThrow(() -> new Failure.Internal("File " + file.path() + " has '" + text
                                + "' for partition field " + field.name() + ", which is no " + type)
                        .exception());
    }

    /** A day is a date to Iceberg, and its ordinal here. */
    private static Type ordinal(Type type) {
        return type.typeId() == Type.TypeID.DATE ? Types.IntegerType.get() : type;
    }
}
