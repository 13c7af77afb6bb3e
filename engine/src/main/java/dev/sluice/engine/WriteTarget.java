package dev.sluice.engine;

import dev.sluice.core.PartitionField;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where rows go.
 *
 * @param schema the table's columns, with field ids
 * @param folder of its data files
 */
public record WriteTarget(Schema schema, List<PartitionField> partitioning, Path folder) {
    public WriteTarget {
        partitioning = List.copyOf(partitioning);
    }
}
