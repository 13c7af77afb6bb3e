package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Failure;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Iceberg's partition transforms as expressions of DuckDB; dates and times become ordinals since 1970. */
final class PartitionSql {
    private PartitionSql() {}

    /** Name of the column that holds the {@code index}th partition value. */
    static String column(int index) {
        return "__sluice_partition_" + index;
    }

    /** The partition values as further columns of a SELECT, each after a comma. */
    static String columns(List<PartitionField> partitioning, Schema schema) {
        return IntStream.range(0, partitioning.size())
                .mapToObj(i -> ", " + expression(partitioning.get(i), schema) + " AS " + column(i))
                .collect(joining());
    }

    private static String expression(PartitionField field, Schema schema) {
        var name = QualifiedName.quote(field.column());
        var type = schema.findField(field.column());
        return switch (field.transform()) {
            case PartitionField.Identity _ -> name;
            case PartitionField.Year _ -> "date_diff('year', DATE '1970-01-01', CAST(" + name + " AS DATE))";
            case PartitionField.Month _ -> "date_diff('month', DATE '1970-01-01', CAST(" + name + " AS DATE))";
            case PartitionField.Day _ -> "date_diff('day', DATE '1970-01-01', CAST(" + name + " AS DATE))";
            case PartitionField.Hour _ ->
                "date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', CAST(" + name + " AS TIMESTAMP))";
            case PartitionField.Truncate(int width) -> truncate(name, type, width);
            case PartitionField.Bucket _ ->
                throw Failure.unsupported("Table is partitioned by bucket(" + field.column()
                                + "), and such tables cannot be written yet")
                        .exception();
        };
    }

    private static String truncate(String name, Field type, int width) {
        return switch (type.getType()) {
            case ArrowType.Utf8 _ -> "left(" + name + ", " + width + ")";
            case ArrowType.Int _ ->
                "(" + name + " - (((" + name + " % " + width + ") + " + width + ") % " + width + "))";
            default ->
                throw Failure.unsupported("Table is partitioned by truncate(" + type.getName()
                                + "), and only text and integers can be cut")
                        .exception();
        };
    }
}
