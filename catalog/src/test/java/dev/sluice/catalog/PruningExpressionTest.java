package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.DataFile;
import dev.sluice.core.DataFile.ColumnStats;
import dev.sluice.core.Filter;
import dev.sluice.core.Filter.Operator;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Filters against the bounds that were made of printed statistics, through Iceberg's own evaluation. */
final class PruningExpressionTest {
    private static final Type DOUBLE = Types.DoubleType.get();
    private static final Type TEXT = Types.StringType.get();
    private static final Type MONEY = Types.DecimalType.of(10, 2);

    /** Whether a file with these statistics of column {@code c} must be read. */
    private static boolean reads(Type type, String min, String max, Filter filter) {
        var stats = new ColumnStats(10, 0, OptionalLong.empty(), Optional.of(min), Optional.of(max));
        return reads(type, stats, filter);
    }

    private static boolean reads(Type type, ColumnStats stats, Filter filter) {
        var columns = new Schema(Types.NestedField.optional(1, "c", type));
        var table = TableMetadata.newTableMetadata(columns, PartitionSpec.unpartitioned(), "/t", Map.of());
        var file = WrittenFile.toIceberg(
                new DataFile(Path.of("/t/f"), 10, 100, Map.of(1, stats), List.of()), "/t/f", table);
        var expression = new PruningExpression(IcebergTypes.toArrow(columns), columns).of(filter);
        return new InclusiveMetricsEvaluator(columns, expression).eval(file);
    }

    private static Filter where(Operator operator, Object value) {
        return new Filter.Comparison("c", operator, value);
    }

    private static Filter is(Object value) {
        return where(Operator.EQUAL, value);
    }

    @Test
    void whole_numbers() {
        var type = Types.IntegerType.get();
        assertThat(reads(type, "1", "5", is(5))).isTrue();
        assertThat(reads(type, "1", "5", is(6L))).isFalse();
        assertThat(reads(type, "1", "5", is(10_000_000_000L))).isFalse();
        assertThat(reads(type, "1", "5", where(Operator.LESS, 10_000_000_000L))).isTrue();
        assertThat(reads(type, "1", "5", is(new BigDecimal("6.0")))).isFalse();
        assertThat(reads(type, "1", "5", is(new BigDecimal("6.5")))).isTrue();
        assertThat(reads(type, "1", "5", new Filter.In("c", List.of(7, 8L)))).isFalse();
        assertThat(reads(type, "1", "5", new Filter.In("c", List.of(7, "x")))).isTrue();
        assertThat(reads(type, "1", "5", new Filter.In("c", List.of()))).isFalse();
    }

    @Test
    void real_numbers_with_their_zeros() {
        assertThat(reads(DOUBLE, "-1.5", "-0.0", is(0.0))).isTrue();
        assertThat(reads(DOUBLE, "0.0", "1.5", is(-0.0))).isTrue();
        assertThat(reads(DOUBLE, "0.0", "1.5", where(Operator.LESS_OR_EQUAL, -0.0)))
                .isTrue();
        assertThat(reads(DOUBLE, "-1.5", "-0.0", where(Operator.GREATER_OR_EQUAL, 0.0)))
                .isTrue();
        assertThat(reads(DOUBLE, "0.5", "1.5", new Filter.In("c", List.of(0, 7.0))))
                .isFalse();
        assertThat(reads(DOUBLE, "0.5", "1.5", where(Operator.GREATER, new BigDecimal("2.5"))))
                .isFalse();
        assertThat(reads(DOUBLE, "0.5", "1.5", where(Operator.GREATER, new BigDecimal("2.1"))))
                .isTrue();
        assertThat(reads(Types.FloatType.get(), "0.5", "1.5", is(2.5))).isFalse();
        assertThat(reads(Types.FloatType.get(), "0.5", "1.5", is(2.1))).isTrue();
    }

    @Test
    void not_a_number_is_greater_than_all() {
        var mayHoldNaN = new ColumnStats(10, 0, OptionalLong.empty(), Optional.empty(), Optional.of("1.5"));
        assertThat(reads(DOUBLE, mayHoldNaN, where(Operator.GREATER, 2.0))).isTrue();
        assertThat(reads(DOUBLE, "0.5", "1.5", is(Double.NaN))).isTrue();
        assertThat(reads(DOUBLE, "0.5", "1.5", where(Operator.GREATER, 2.0))).isFalse();
        assertThat(reads(DOUBLE, "0.5", "inf", where(Operator.GREATER, 2.0))).isTrue();
    }

    @Test
    void decimals() {
        assertThat(reads(MONEY, "1.00", "3.00", is(4))).isFalse();
        assertThat(reads(MONEY, "1.00", "3.00", is(new BigDecimal("3.0")))).isTrue();
        assertThat(reads(MONEY, "1.00", "3.00", where(Operator.GREATER, new BigDecimal("3.001"))))
                .isTrue();
        assertThat(reads(MONEY, "1.00", "3.00", where(Operator.GREATER, 3.5))).isTrue();
    }

    @Test
    void texts_with_truncated_bounds() {
        var word = "a".repeat(40);
        assertThat(reads(TEXT, word, word, is(word))).isTrue();
        assertThat(reads(TEXT, word, word, is("b"))).isFalse();
        assertThat(reads(TEXT, word, word, where(Operator.GREATER, "a".repeat(16))))
                .isTrue();
        assertThat(reads(TEXT, "a", "\uD83D\uDE00".repeat(20), where(Operator.GREATER, "\uD83D\uDE00".repeat(17))))
                .isTrue();
        assertThat(reads(TEXT, "Oslo", "Rome", new Filter.StartsWith("c", "Par")))
                .isTrue();
        assertThat(reads(TEXT, "Oslo", "Rome", new Filter.StartsWith("c", "S"))).isFalse();
        assertThat(reads(Types.LongType.get(), "1", "2", new Filter.StartsWith("c", "S")))
                .isTrue();
    }

    @Test
    void dates_and_times() {
        var date = Types.DateType.get();
        assertThat(reads(date, "2001-01-01", "2001-01-31", is(LocalDate.of(2001, 2, 1))))
                .isFalse();
        assertThat(reads(date, "2001-01-01", "2001-01-31", is("2001-02-01"))).isFalse();
        assertThat(reads(date, "2001-01-01", "2001-01-31", is("1 Feb 2001"))).isTrue();
        assertThat(reads(date, "2001-01-01", "2001-01-31", is(LocalDateTime.of(2001, 2, 1, 0, 0))))
                .isFalse();
        assertThat(reads(date, "2001-01-01", "infinity", is(LocalDate.of(2001, 2, 1))))
                .isTrue();
        assertThat(reads(date, "0044-03-15 (BC)", "2001-01-31", is(LocalDate.of(1, 1, 1))))
                .isTrue();

        var time = Types.TimeType.get();
        assertThat(reads(time, "10:00:00", "11:30:00.5", is(LocalTime.of(12, 0))))
                .isFalse();
        assertThat(reads(time, "10:00:00", "11:30:00.5", is(LocalTime.of(11, 30, 0, 500_000_000))))
                .isTrue();

        var local = Types.TimestampType.withoutZone();
        assertThat(reads(local, "2001-01-01 00:00:00", "2001-01-02 00:00:00.123456", is(LocalDate.of(2001, 1, 3))))
                .isFalse();
        assertThat(reads(
                        local,
                        "2001-01-01 00:00:00",
                        "2001-01-02 00:00:00",
                        is(OffsetDateTime.parse("2001-01-03T00:00:00Z"))))
                .isTrue();

        var zoned = Types.TimestampType.withZone();
        assertThat(reads(
                        zoned,
                        "'2026-11-24 08:04:02.050821+00'",
                        "2026-11-24 10:04:02+02",
                        is(OffsetDateTime.parse("2026-11-24T08:04:02Z"))))
                .isFalse();
        assertThat(reads(
                        zoned,
                        "2026-11-24 08:04:02.05+00",
                        "2026-11-24 13:34:03+05:30",
                        is(OffsetDateTime.parse("2026-11-24T08:04:03Z"))))
                .isTrue();
        assertThat(reads(zoned, "2026-11-24 08:04:02+00", "2026-11-24 08:04:02+00", is("2001-01-01 00:00:00+00")))
                .isTrue();
    }

    @Test
    void nulls() {
        var allNull = new ColumnStats(10, 10, OptionalLong.empty(), Optional.empty(), Optional.empty());
        assertThat(reads(TEXT, allNull, new Filter.IsNotNull("c"))).isFalse();
        assertThat(reads(TEXT, allNull, is("a"))).isFalse();
        assertThat(reads(TEXT, "a", "b", new Filter.IsNull("c"))).isFalse();
    }

    @Test
    void terms_join_and_unknown_columns_keep_all() {
        var below = where(Operator.LESS, 1);
        var above = where(Operator.GREATER, 5);
        var unknown = new Filter.IsNull("other");
        var type = Types.LongType.get();
        assertThat(reads(type, "1", "5", new Filter.Or(List.of(below, above)))).isFalse();
        assertThat(reads(type, "1", "5", new Filter.Or(List.of(below, unknown))))
                .isTrue();
        assertThat(reads(type, "1", "5", new Filter.And(List.of(above, unknown))))
                .isFalse();
        assertThat(reads(type, "1", "5", is(new Filter.Parameter(0)))).isTrue();
    }
}
