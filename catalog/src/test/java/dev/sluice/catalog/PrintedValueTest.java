package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PrintedValueTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Types.BooleanType.get(), "true", true),
                Arguments.of(Types.IntegerType.get(), "-7", -7),
                Arguments.of(Types.LongType.get(), "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(Types.DoubleType.get(), "1e+300", 1e300),
                Arguments.of(Types.DecimalType.of(10, 2), "3.00", new BigDecimal("3.00")),
                Arguments.of(Types.DateType.get(), "1970-01-02", 1),
                Arguments.of(Types.TimeType.get(), "00:00:01.5", 1_500_000L),
                Arguments.of(Types.TimestampType.withoutZone(), "1969-12-31 23:59:59.999999", -1L),
                Arguments.of(Types.TimestampType.withZone(), "'1970-01-01 01:00:00+01'", 0L),
                Arguments.of(Types.StringType.get(), "'quoted'", "'quoted'"),
                Arguments.of(Types.UUIDType.get(), "00000000-0000-0000-0000-00000000000a", new UUID(0, 10)),
                Arguments.of(Types.BinaryType.get(), "00FF", ByteBuffer.wrap(new byte[] {0, -1})),
                Arguments.of(Types.FixedType.ofLength(1), "0a", ByteBuffer.wrap(new byte[] {10})));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_is_read_as_iceberg_holds_it(Type type, String text, Object value) {
        assertThat(PrintedValue.parse(type, text)).contains(value);
    }

    static Stream<Arguments> doubtful() {
        return Stream.of(
                Arguments.of(Types.BooleanType.get(), "t"),
                Arguments.of(Types.IntegerType.get(), "2147483648"),
                Arguments.of(Types.DoubleType.get(), "NaN"),
                Arguments.of(Types.DoubleType.get(), "-inf"),
                Arguments.of(Types.FloatType.get(), "1e300"),
                Arguments.of(Types.DecimalType.of(10, 2), "3.001"),
                Arguments.of(Types.DateType.get(), "infinity"),
                Arguments.of(Types.DateType.get(), "0044-03-15 (BC)"),
                Arguments.of(Types.DateType.get(), "12000-01-01"),
                Arguments.of(Types.TimeType.get(), "24:00:00"),
                Arguments.of(Types.TimestampType.withZone(), "2026-11-24 08:04:02"),
                Arguments.of(Types.UUIDType.get(), "1-2-3-4-5"),
                Arguments.of(Types.BinaryType.get(), "\\x00"),
                Arguments.of(Types.FixedType.ofLength(2), "00"),
                Arguments.of(Types.StructType.of(), "{}"));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void what_is_not_plainly_a_value_is_none(Type type, String text) {
        assertThat(PrintedValue.parse(type, text)).isEmpty();
    }
}
