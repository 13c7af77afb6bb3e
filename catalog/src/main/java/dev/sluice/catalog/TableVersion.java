package dev.sluice.catalog;

import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.SortKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table pinned at a commit and a snapshot.
 *
 * @param name in the case in which it was created
 * @param schema its columns, with Iceberg's field ids at every depth ({@link dev.sluice.core.FieldIds}); an Iceberg
 *     uuid is 16 fixed bytes with Arrow's extension name {@code arrow.uuid}
 * @param order in which rows are written; empty for any
 * @param snapshotId absent while the table has no data
 * @param dataFolder where its new data files go
 * @param metadataLocation the immutable metadata file that says all this; empty for a draft
 */
public record TableVersion(
        QualifiedName name,
        Commit commit,
        Schema schema,
        List<PartitionField> partitioning,
        List<SortKey> order,
        Map<String, String> properties,
        OptionalLong snapshotId,
        Path dataFolder,
        String metadataLocation) {
    public TableVersion {
        partitioning = List.copyOf(partitioning);
        order = List.copyOf(order);
        properties = Map.copyOf(properties);
    }

    /** The same table whose rows are written in an order; a column's name is matched case-insensitively. */
    public TableVersion sortedBy(List<SortKey> keys) {
        var stored = SortKeys.fromIceberg(SortKeys.toIceberg(IcebergTypes.withIdsOf(schema), keys));
        return new TableVersion(
                name, commit, schema, partitioning, stored, properties, snapshotId, dataFolder, metadataLocation);
    }
}
