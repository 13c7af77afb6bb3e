package dev.sluice.engine;

import dev.sluice.core.PartitionField;
import dev.sluice.core.SortKey;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where rows go.
 *
 * @param schema the table's columns, with field ids
 * @param folder of its data files
 * @param removal how rows that are there already change
 * @param order of the rows in each file; empty for any
 * @param layout how its files are cut and compressed
 */
public record WriteTarget(
        Schema schema,
        List<PartitionField> partitioning,
        List<SortKey> order,
        Path folder,
        Removal removal,
        FileLayout layout) {
    public WriteTarget {
        partitioning = List.copyOf(partitioning);
        order = List.copyOf(order);
    }

    /** A target of standard files whose rows change by copy-on-write. */
    public WriteTarget(Schema schema, List<PartitionField> partitioning, Path folder) {
        this(schema, partitioning, List.of(), folder, Removal.COPY_ON_WRITE, FileLayout.STANDARD);
    }

    /** The same place, where rows change in another way. */
    public WriteTarget with(Removal other) {
        return new WriteTarget(schema, partitioning, order, folder, other, layout);
    }

    /** The same place, with other files. */
    public WriteTarget with(FileLayout other) {
        return new WriteTarget(schema, partitioning, order, folder, removal, other);
    }

    /** The same place, for rows in an order. */
    public WriteTarget sortedBy(List<SortKey> keys) {
        return new WriteTarget(schema, partitioning, keys, folder, removal, layout);
    }
}
