package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.PartitionField;
import dev.sluice.core.PartitionField.Bucket;
import dev.sluice.core.PartitionField.Day;
import dev.sluice.core.PartitionField.Hour;
import dev.sluice.core.PartitionField.Identity;
import dev.sluice.core.PartitionField.Month;
import dev.sluice.core.PartitionField.Truncate;
import dev.sluice.core.PartitionField.Year;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

final class PartitioningTest {
    private static final Schema COLUMNS = new Schema(
            Types.NestedField.optional(1, "ts", Types.TimestampType.withZone()),
            Types.NestedField.optional(2, "day", Types.DateType.get()),
            Types.NestedField.optional(3, "name", Types.StringType.get()),
            Types.NestedField.optional(4, "price", Types.DecimalType.of(10, 2)),
            Types.NestedField.optional(5, "flags", Types.ListType.ofOptional(6, Types.BooleanType.get())));

    private static StructLike partition(List<PartitionField> fields, List<Optional<String>> values) {
        var spec = Partitioning.toIceberg(COLUMNS, fields);
        assertThat(Partitioning.fromIceberg(spec)).isEqualTo(fields);
        var table = TableMetadata.newTableMetadata(COLUMNS, spec, "/t", Map.of());
        return WrittenFile.toIceberg(new DataFile(Path.of("/t/f"), 1, 1, Map.of(), values), "/t/f", table)
                .partition();
    }

    private static List<Optional<String>> values(String... values) {
        return List.of(values).stream().map(Optional::of).toList();
    }

    @Test
    void values_of_each_transform_are_kept_as_iceberg_keeps_them() {
        var times = partition(
                List.of(
                        new PartitionField("ts", new Year()),
                        new PartitionField("day", new Month()),
                        new PartitionField("day", new Identity())),
                values("56", "-1", "2026-11-24"));
        assertThat(times.get(0, Integer.class)).isEqualTo(56);
        assertThat(times.get(1, Integer.class)).isEqualTo(-1);
        assertThat(times.get(2, Integer.class)).isEqualTo(20_781);

        var others = partition(
                List.of(
                        new PartitionField("ts", new Hour()),
                        new PartitionField("name", new Bucket(16)),
                        new PartitionField("name", new Truncate(2)),
                        new PartitionField("price", new Truncate(100)),
                        new PartitionField("day", new Day())),
                values("498754", "15", "Os", "3.00", "20781"));
        assertThat(others.get(0, Integer.class)).isEqualTo(498_754);
        assertThat(others.get(1, Integer.class)).isEqualTo(15);
        assertThat(others.get(2, CharSequence.class)).hasToString("Os");
        assertThat(others.get(3, Object.class)).hasToString("3.00");
        assertThat(others.get(4, Integer.class)).isEqualTo(20_781);
    }

    @Test
    void a_null_has_a_partition_of_its_own() {
        var partition = partition(List.of(new PartitionField("name", new Identity())), List.of(Optional.empty()));
        assertThat(partition.get(0, Object.class)).isNull();
    }

    @Test
    void a_file_with_other_partition_values_than_its_table_is_refused() {
        var byName = List.of(new PartitionField("name", new Bucket(4)));
        CatalogFixture.assertFails(Code.INTERNAL, () -> partition(byName, List.of()));
        CatalogFixture.assertFails(Code.INTERNAL, () -> partition(byName, values("Oslo")));
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        refused(Code.COLUMN_NOT_FOUND, new PartitionField("none", new Identity()))
                .hasMessageContaining("'none'");
        refused(Code.TYPE_MISMATCH, new PartitionField("name", new Day())).hasMessageContaining("day of column 'name'");
        refused(Code.TYPE_MISMATCH, new PartitionField("day", new Hour()));
        refused(Code.TYPE_MISMATCH, new PartitionField("flags", new Identity()));
        refused(Code.TYPE_MISMATCH, new PartitionField("ts", new Truncate(3)));
        refused(Code.INVALID_STATEMENT, new PartitionField("ts", new Day()), new PartitionField("TS", new Day()));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Code code, PartitionField... fields) {
        return CatalogFixture.assertFails(code, () -> Partitioning.toIceberg(COLUMNS, List.of(fields)));
    }
}
