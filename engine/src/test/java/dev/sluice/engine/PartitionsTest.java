package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.DataFile;
import dev.sluice.core.FieldIds;
import dev.sluice.core.PartitionField;
import dev.sluice.core.PartitionField.Transform;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionsTest {
    @TempDir
    Path root;

    private OpenEngine lake;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test
    void open() {
        lake = new OpenEngine(root);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** The partition value of one row, and Iceberg's own. */
    private void assertSame(String expression, Transform transform, Type type, Object value) {
        var name = name(transform);
        var expected = Transforms.fromString(name).bind(type);
        var column = lake.table("SELECT " + expression + " AS x");
        var files = lake.write("SELECT " + expression, lake.target(column, new PartitionField("x", transform)));
        assertThat(files)
                .as(name + " of " + expression)
                .singleElement()
                .extracting(DataFile::partition)
                .isEqualTo(List.of(Optional.of(String.valueOf(apply(expected, value)))));
    }

    @SuppressWarnings("unchecked") // the literal is of the transform's type
    private static Object apply(org.apache.iceberg.util.SerializableFunction<?, ?> function, Object value) {
        return ((org.apache.iceberg.util.SerializableFunction<Object, Object>) function).apply(value);
    }

    private static String name(Transform transform) {
        return switch (transform) {
            case PartitionField.Identity _ -> "identity";
            case PartitionField.Year _ -> "year";
            case PartitionField.Month _ -> "month";
            case PartitionField.Day _ -> "day";
            case PartitionField.Hour _ -> "hour";
            case PartitionField.Bucket(int buckets) -> "bucket[" + buckets + "]";
            case PartitionField.Truncate(int width) -> "truncate[" + width + "]";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01 00:00:00",
                "1969-12-31 23:59:59.999999",
                "1969-12-31 23:00:00",
                "1969-12-31 22:59:59",
                "1969-11-30 12:00:00",
                "1900-02-28 01:02:03",
                "0001-01-01 00:00:00",
                "2024-02-29 23:59:59.999999",
                "2038-01-19 03:14:08"
            })
    void times_become_icebergs_ordinals(String text) {
        var iso = text.replace(' ', 'T');
        var type = Types.TimestampType.withoutZone();
        var micros = Literal.of(iso).to(type).value();
        for (var transform : List.of(
                new PartitionField.Year(),
                new PartitionField.Month(),
                new PartitionField.Hour(),
                new PartitionField.Bucket(16))) {
            assertSame("TIMESTAMP '" + text + "'", transform, type, micros);
            assertSame("TIMESTAMPTZ '" + text + "+00'", transform, Types.TimestampType.withZone(), micros);
        }
        var day = Literal.of(text.substring(0, 10)).to(Types.DateType.get()).value();
        for (var transform :
                List.of(new PartitionField.Year(), new PartitionField.Month(), new PartitionField.Bucket(7))) {
            assertSame("DATE '" + text.substring(0, 10) + "'", transform, Types.DateType.get(), day);
        }
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01,0", "1969-12-31,-1", "1970-02-01,31", "1900-01-01,-25567"})
    void days_count_from_1970(String date, String ordinal) {
        for (var type : List.of("DATE", "TIMESTAMP")) {
            var schema = lake.table("SELECT " + type + " '" + date + "' AS x");
            var target = lake.target(schema, new PartitionField("x", new PartitionField.Day()));
            assertThat(lake.write("SELECT '" + date + "'", target).getFirst().partition())
                    .containsExactly(Optional.of(ordinal));
        }
    }

    @Test
    void numbers_texts_and_bytes_are_hashed_and_cut_as_iceberg_does() {
        var bucket = new PartitionField.Bucket(1000);
        for (var i : new int[] {0, 1, -1, 34, -7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertSame("(" + i + ")::INTEGER", bucket, Types.IntegerType.get(), i);
            assertSame("(" + i + ")::BIGINT", bucket, Types.LongType.get(), (long) i);
        }
        for (var i : new int[] {0, 1, -1, 9, 10, -10, -11, 123_456}) {
            assertSame("(" + i + ")::INTEGER", new PartitionField.Truncate(10), Types.IntegerType.get(), i);
            assertSame("(" + i + ")::BIGINT", new PartitionField.Truncate(10), Types.LongType.get(), (long) i);
        }
        assertSame("9223372036854775807", bucket, Types.LongType.get(), Long.MAX_VALUE);
        for (var text : List.of("iceberg", "a", "ab", "abc", "abcd", "äöü😀 and more", "x".repeat(101))) {
            assertSame("'" + text + "'", bucket, Types.StringType.get(), text);
            assertSame("'" + text + "'", new PartitionField.Truncate(3), Types.StringType.get(), text);
            assertSame(
                    "encode('" + text + "')",
                    bucket,
                    Types.BinaryType.get(),
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        for (var decimal : List.of("14.20", "-14.20", "0.00", "1.28", "-1.28", "99999999.99", "10.65", "-0.05")) {
            var type = Types.DecimalType.of(10, 2);
            assertSame("'" + decimal + "'::DECIMAL(10, 2)", bucket, type, new BigDecimal(decimal));
            assertSame(
                    "'" + decimal + "'::DECIMAL(10, 2)",
                    new PartitionField.Truncate(50),
                    type,
                    new BigDecimal(decimal));
        }
        assertSame("TIME '22:31:08'", bucket, Types.TimeType.get(), 81_068_000_000L);
    }

    @Test
    void a_uuid_is_hashed_as_iceberg_does() {
        var uuid = UUID.fromString("f79c3e09-677c-4bbd-a479-3f349cb785e7");
        var field = new Field(
                "x",
                new FieldType(
                        true,
                        new ArrowType.FixedSizeBinary(16),
                        null,
                        Map.of("ARROW:extension:name", "arrow.uuid", FieldIds.KEY, "1")),
                List.of());
        var target = lake.target(new Schema(List.of(field)), new PartitionField("x", new PartitionField.Bucket(1000)));
        var expected = Transforms.fromString("bucket[1000]").bind(Types.UUIDType.get());
        assertThat(lake.write("SELECT '" + uuid + "'", target).getFirst().partition())
                .containsExactly(Optional.of(String.valueOf(apply(expected, uuid))));
    }

    @Test
    void each_partition_has_files_of_its_own_which_keep_the_column() {
        var schema = lake.table("SELECT 1::BIGINT AS id, 'a' AS city, DATE '2020-01-01' AS day");
        var target = lake.target(
                schema,
                new PartitionField("city", new PartitionField.Identity()),
                new PartitionField("day", new PartitionField.Month()));
        var files = lake.write(
                "SELECT range, ['a/b=c', 'd', NULL][range % 3 + 1], DATE '2020-01-01' + INTERVAL 1 MONTH * (range % 2)"
                        + " FROM range(60)",
                target);
        assertThat(files)
                .extracting(DataFile::partition)
                .containsExactlyInAnyOrder(
                        List.of(Optional.of("a/b=c"), Optional.of("600")),
                        List.of(Optional.of("a/b=c"), Optional.of("601")),
                        List.of(Optional.of("d"), Optional.of("600")),
                        List.of(Optional.of("d"), Optional.of("601")),
                        List.of(Optional.empty(), Optional.of("600")),
                        List.of(Optional.empty(), Optional.of("601")));
        assertThat(files).allSatisfy(file -> assertThat(file.rows()).isEqualTo(10));
        assertThat(lake.rows("SELECT count(*), count(city), count(DISTINCT day) FROM " + lake.from(schema, files)))
                .containsExactly(List.of("60", "40", "2"));
        assertThat(lake.rows("SELECT * FROM parquet_schema('" + files.getFirst().path() + "')"))
                .hasSize(4);
    }

    @Test
    void no_rows_leave_no_partition() {
        var schema = lake.table("SELECT 1 AS x");
        var target = lake.target(schema, new PartitionField("x", new PartitionField.Identity()));
        assertThat(lake.write("SELECT 1 WHERE false", target)).isEmpty();
        assertThat(lake.files()).isEmpty();
    }

    @Test
    void what_iceberg_does_not_transform_is_refused() {
        var schema = lake.table("SELECT 1.5::DOUBLE AS x");
        var target = lake.target(schema, new PartitionField("x", new PartitionField.Bucket(4)));
        assertThatThrownBy(() -> lake.write("SELECT 1", target)).hasMessageContaining("bucket(x)");
    }
}
