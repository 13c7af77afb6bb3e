package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.PartitionField;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.transforms.PartitionSpecVisitor;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;

/** Partition fields as Iceberg's partition specs, and back. */
final class Partitioning {
    private Partitioning() {}

    /** Checks the fields against the columns; a column's name is matched case-insensitively. */
    static PartitionSpec toIceberg(Schema schema, List<PartitionField> fields) {
        var spec = PartitionSpec.builderFor(schema);
        for (var field : fields) {
            var column = column(schema, field);
            try {
                add(spec, field, column.name());
            } catch (ValidationException | IllegalArgumentException e) {
                throw invalid(field, e);
            }
        }
        try {
            return spec.build();
        } catch (ValidationException | IllegalArgumentException e) {
            throw invalid(fields.getLast(), e);
        }
    }

    /** The column that a field is made from. */
    static Types.NestedField column(Schema schema, PartitionField field) {
        var column = schema.columns().stream()
                .filter(each -> each.name().equalsIgnoreCase(field.column()))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound(
                                Code.COLUMN_NOT_FOUND,
                                "Cannot partition by '" + field.column() + "': the table has no such column",
                                Optional.empty())
                        .exception());
        var transform = transform(field.transform());
        if (!transform.canTransform(column.type())) {
            throw new Failure.Invalid(
                            Code.TYPE_MISMATCH,
                            "Cannot partition by " + transform + " of column '" + column.name() + "' of type "
                                    + column.type(),
                            Optional.empty())
                    .exception();
        }
        return column;
    }

    private static Transform<?, ?> transform(PartitionField.Transform transform) {
        return switch (transform) {
            case PartitionField.Identity() -> Transforms.identity();
            case PartitionField.Year() -> Transforms.year();
            case PartitionField.Month() -> Transforms.month();
            case PartitionField.Day() -> Transforms.day();
            case PartitionField.Hour() -> Transforms.hour();
            case PartitionField.Bucket(var buckets) -> Transforms.bucket(buckets);
            case PartitionField.Truncate(var width) -> Transforms.truncate(width);
        };
    }

    private static void add(PartitionSpec.Builder spec, PartitionField field, String column) {
        var _ = switch (field.transform()) {
            case PartitionField.Identity() -> spec.identity(column);
            case PartitionField.Year() -> spec.year(column);
            case PartitionField.Month() -> spec.month(column);
            case PartitionField.Day() -> spec.day(column);
            case PartitionField.Hour() -> spec.hour(column);
            case PartitionField.Bucket(var buckets) -> spec.bucket(column, buckets);
            case PartitionField.Truncate(var width) -> spec.truncate(column, width);
        };
    }

    /** The field as Iceberg's expressions write it. */
    static Term term(PartitionField field, String column) {
        return switch (field.transform()) {
            case PartitionField.Identity() -> Expressions.ref(column);
            case PartitionField.Year() -> Expressions.year(column);
            case PartitionField.Month() -> Expressions.month(column);
            case PartitionField.Day() -> Expressions.day(column);
            case PartitionField.Hour() -> Expressions.hour(column);
            case PartitionField.Bucket(var buckets) -> Expressions.bucket(column, buckets);
            case PartitionField.Truncate(var width) -> Expressions.truncate(column, width);
        };
    }

    private static FailureException invalid(PartitionField field, RuntimeException cause) {
        return new FailureException(
                new Failure.Invalid(
                        Code.INVALID_STATEMENT,
                        "Cannot partition by '" + field.column() + "': " + cause.getMessage(),
                        Optional.empty()),
                cause);
    }

    /** A field of format version 1 that was dropped is still in its place, and is left out here. */
    static List<PartitionField> fromIceberg(PartitionSpec spec) {
        return spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(field -> fromIceberg(spec.schema(), field))
                .toList();
    }

    static PartitionField fromIceberg(Schema schema, org.apache.iceberg.PartitionField field) {
        return PartitionSpecVisitor.visit(schema, field, new Fields());
    }

    private static final class Fields implements PartitionSpecVisitor<PartitionField> {
        @Override
        public PartitionField identity(String column, int id) {
            return new PartitionField(column, new PartitionField.Identity());
        }

        @Override
        public PartitionField bucket(String column, int id, int buckets) {
            return new PartitionField(column, new PartitionField.Bucket(buckets));
        }

        @Override
        public PartitionField truncate(String column, int id, int width) {
            return new PartitionField(column, new PartitionField.Truncate(width));
        }

        @Override
        public PartitionField year(String column, int id) {
            return new PartitionField(column, new PartitionField.Year());
        }

        @Override
        public PartitionField month(String column, int id) {
            return new PartitionField(column, new PartitionField.Month());
        }

        @Override
        public PartitionField day(String column, int id) {
            return new PartitionField(column, new PartitionField.Day());
        }

        @Override
        public PartitionField hour(String column, int id) {
            return new PartitionField(column, new PartitionField.Hour());
        }

        @Override
        public PartitionField alwaysNull(int fieldId, String column, int id) {
            throw unsupported(column, "void");
        }

        @Override
        public PartitionField unknown(int fieldId, String column, int id, String transform) {
            throw unsupported(column, transform);
        }

        private static FailureException unsupported(String column, String transform) {
            return Failure.unsupported("Partitioning by " + transform + " of column '" + column + "' is not supported")
                    .exception();
        }
    }
}
