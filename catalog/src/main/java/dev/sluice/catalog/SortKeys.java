package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.PartitionField;
import dev.sluice.core.SortKey;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderBuilder;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.transforms.SortOrderVisitor;
import org.apache.iceberg.types.Types;

/** Write orders as Iceberg's sort orders, and back. */
final class SortKeys {
    private SortKeys() {}

    static SortOrder toIceberg(Schema schema, List<SortKey> keys) {
        if (keys.isEmpty()) {
            return SortOrder.unsorted();
        }
        var order = SortOrder.builderFor(schema);
        add(order, schema, keys);
        return valid(keys, order::build);
    }

    /** Checks the keys against the columns; a column's name is matched case-insensitively. */
    static void add(SortOrderBuilder<?> order, Schema schema, List<SortKey> keys) {
        for (var key : keys) {
            var column = column(schema, key);
            var term = Partitioning.term(key.term(), column.name());
            var nulls = switch (key.nulls()) {
                case FIRST -> NullOrder.NULLS_FIRST;
                case LAST -> NullOrder.NULLS_LAST;
            };
            var _ = valid(keys, () -> switch (key.direction()) {
                case ASC -> order.asc(term, nulls);
                case DESC -> order.desc(term, nulls);
            });
        }
    }

    private static Types.NestedField column(Schema schema, SortKey key) {
        return schema.columns().stream()
                .filter(each -> each.name().equalsIgnoreCase(key.term().column()))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound(
                                Code.COLUMN_NOT_FOUND,
                                "Cannot sort by '" + key.term().column() + "': the table has no such column",
                                Optional.empty())
                        .exception());
    }

    private interface Step<T> {
        T run();
    }

    private static <T> T valid(List<SortKey> keys, Step<T> step) {
        try {
            return step.run();
        } catch (ValidationException | IllegalArgumentException e) {
            throw new FailureException(
                    new Failure.Invalid(
                            Code.INVALID_STATEMENT, "Cannot sort by " + keys + ": " + e.getMessage(), Optional.empty()),
                    e);
        }
    }

    /** Empty also for an order of nested fields or of unknown transforms, which another engine has set. */
    static List<SortKey> fromIceberg(SortOrder order) {
        var keys = SortOrderVisitor.visit(order, new Keys());
        var isFollowed = keys.stream()
                .allMatch(key -> key.filter(known -> order.schema().columns().stream()
                                .anyMatch(column ->
                                        column.name().equals(known.term().column())))
                        .isPresent());
        return isFollowed ? keys.stream().flatMap(Optional::stream).toList() : List.of();
    }

    private static final class Keys implements SortOrderVisitor<Optional<SortKey>> {
        private static Optional<SortKey> key(
                String column, PartitionField.Transform transform, SortDirection direction, NullOrder nulls) {
            return Optional.of(new SortKey(
                    new PartitionField(column, transform),
                    direction == SortDirection.ASC ? SortKey.Direction.ASC : SortKey.Direction.DESC,
                    nulls == NullOrder.NULLS_FIRST ? SortKey.Nulls.FIRST : SortKey.Nulls.LAST));
        }

        @Override
        public Optional<SortKey> field(String column, int id, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Identity(), direction, nulls);
        }

        @Override
        public Optional<SortKey> bucket(String column, int id, int buckets, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Bucket(buckets), direction, nulls);
        }

        @Override
        public Optional<SortKey> truncate(String column, int id, int width, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Truncate(width), direction, nulls);
        }

        @Override
        public Optional<SortKey> year(String column, int id, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Year(), direction, nulls);
        }

        @Override
        public Optional<SortKey> month(String column, int id, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Month(), direction, nulls);
        }

        @Override
        public Optional<SortKey> day(String column, int id, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Day(), direction, nulls);
        }

        @Override
        public Optional<SortKey> hour(String column, int id, SortDirection direction, NullOrder nulls) {
            return key(column, new PartitionField.Hour(), direction, nulls);
        }

        @Override
        public Optional<SortKey> unknown(
                String column, int id, String transform, SortDirection direction, NullOrder nulls) {
            return Optional.empty();
        }
    }
}
