package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import java.math.BigDecimal;
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

    /** A transformed value; the column is one of the row's. */
    static String expression(PartitionField field, Schema schema) {
        var name = QualifiedName.quote(field.column());
        var type = schema.findField(field.column());
        return switch (field.transform()) {
            case PartitionField.Identity _ -> name;
            case PartitionField.Year _ -> since1970("year", name);
            case PartitionField.Month _ -> since1970("month", name);
            case PartitionField.Day _ -> since1970("day", name);
            case PartitionField.Hour _ -> since1970("hour", name);
            case PartitionField.Truncate(int width) -> truncate(name, type, width);
            case PartitionField.Bucket(int buckets) ->
                "((" + hash(name, type) + " & " + Integer.MAX_VALUE + ") % " + buckets + ")";
        };
    }

    /** Boundaries between 1970 and the value, which count below zero before; those of a zoned time are UTC's. */
    private static String since1970(String unit, String name) {
        return "date_diff('" + unit + "', TIMESTAMP '1970-01-01 00:00:00', CAST(" + name + " AS TIMESTAMP))";
    }

    private static String truncate(String name, Field type, int width) {
        return switch (type.getType()) {
            case ArrowType.Utf8 _ -> "left(" + name + ", " + width + ")";
            case ArrowType.Binary _ -> name + "[1:" + width + "]";
            case ArrowType.Int _ -> floor(name, Integer.toString(width));
            case ArrowType.Decimal decimal -> {
                var step = BigDecimal.valueOf(width, decimal.getScale()).toPlainString();
                yield "CAST(" + floor(name, step) + " AS " + DuckDbTypes.sql(type) + ")";
            }
            default -> throw unsupported("truncate", type);
        };
    }

    /** The greatest multiple of the width that is not above the value, also below zero. */
    private static String floor(String name, String width) {
        return "(" + name + " - (((" + name + " % " + width + ") + " + width + ") % " + width + "))";
    }

    private static String hash(String name, Field type) {
        var timestamp = "CAST(" + name + " AS TIMESTAMP)";
        return switch (type.getType()) {
            case ArrowType.Int _ -> HashFunctions.OF_NUMBER + "(CAST(" + name + " AS BIGINT))";
            case ArrowType.Date _ -> HashFunctions.OF_NUMBER + "(" + since1970("day", name) + ")";
            case ArrowType.Timestamp _ -> HashFunctions.OF_NUMBER + "(epoch_us(" + timestamp + "))";
            case ArrowType.Time _ ->
                HashFunctions.OF_NUMBER + "(date_diff('microsecond', TIME '00:00:00', " + name + "))";
            case ArrowType.Utf8 _ -> HashFunctions.OF_TEXT + "(" + name + ")";
            case ArrowType.Decimal _ -> HashFunctions.OF_DECIMAL + "(CAST(" + name + " AS VARCHAR))";
            case ArrowType.FixedSizeBinary _
            when DuckDbTypes.isUuid(type) -> HashFunctions.OF_HEX + "(replace(CAST(" + name + " AS VARCHAR), '-', ''))";
            case ArrowType.Binary _, ArrowType.FixedSizeBinary _ -> HashFunctions.OF_HEX + "(hex(" + name + "))";
            default -> throw unsupported("bucket", type);
        };
    }

    private static FailureException unsupported(String transform, Field type) {
        return Failure.unsupported("Table is partitioned by " + transform + "(" + type.getName() + "), and columns of"
                        + " type " + DuckDbTypes.sql(type) + " cannot be")
                .exception();
    }
}
