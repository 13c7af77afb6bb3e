package dev.sluice.catalog;

import java.util.Optional;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.SortField;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;

/** What a table needs its columns for. */
record ColumnUses(TableMetadata table) {

    /** Why the column has to stay, in words that end a message; empty where it may go. */
    Optional<String> of(Types.NestedField column) {
        return partitioning(column).or(() -> sortOrder(column)).or(() -> identity(column));
    }

    private Optional<String> partitioning(Types.NestedField column) {
        return table.spec().fields().stream()
                .filter(field -> !field.transform().isVoid() && ColumnTree.holds(column, field.sourceId()))
                .findFirst()
                .map(PartitionField::name)
                .map(name -> "the table is partitioned by it; DROP PARTITION FIELD " + name + " first");
    }

    private Optional<String> sortOrder(Types.NestedField column) {
        return table.sortOrder().fields().stream()
                .map(SortField::sourceId)
                .filter(id -> ColumnTree.holds(column, id))
                .findFirst()
                .map(_ -> "the table's rows are written in its order");
    }

    private Optional<String> identity(Types.NestedField column) {
        return table.schema().identifierFieldIds().stream()
                .filter(id -> ColumnTree.holds(column, id))
                .findFirst()
                .map(_ -> "it is an identifier field of the table");
    }
}
