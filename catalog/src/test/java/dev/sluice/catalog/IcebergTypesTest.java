package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.FieldDefaults;
import dev.sluice.core.FieldIds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IcebergTypesTest {
    private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;
    private static final ArrowType INT64 = new ArrowType.Int(64, true);

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(Types.BooleanType.get(), ArrowType.Bool.INSTANCE),
                Arguments.of(Types.IntegerType.get(), new ArrowType.Int(32, true)),
                Arguments.of(Types.LongType.get(), INT64),
                Arguments.of(Types.FloatType.get(), new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
                Arguments.of(Types.DoubleType.get(), new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
                Arguments.of(Types.DecimalType.of(38, 10), new ArrowType.Decimal(38, 10, 128)),
                Arguments.of(Types.DateType.get(), new ArrowType.Date(DateUnit.DAY)),
                Arguments.of(Types.TimeType.get(), new ArrowType.Time(TimeUnit.MICROSECOND, 64)),
                Arguments.of(Types.TimestampType.withoutZone(), new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
                Arguments.of(Types.TimestampType.withZone(), new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
                Arguments.of(Types.StringType.get(), UTF8),
                Arguments.of(Types.UUIDType.get(), new ArrowType.FixedSizeBinary(16)),
                Arguments.of(Types.FixedType.ofLength(16), new ArrowType.FixedSizeBinary(16)),
                Arguments.of(Types.BinaryType.get(), ArrowType.Binary.INSTANCE));
    }

    @ParameterizedTest
    @MethodSource("types")
    void each_iceberg_type_is_one_arrow_type_and_comes_back(Type type, ArrowType arrow) {
        var columns = new org.apache.iceberg.Schema(
                Types.NestedField.required(1, "a", type), Types.NestedField.optional(2, "b", type));
        var schema = IcebergTypes.toArrow(columns);
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.getType()).isEqualTo(arrow));
        assertThat(schema.getFields()).extracting(Field::isNullable).containsExactly(false, true);
        assertThat(IcebergTypes.withIdsOf(schema).sameSchema(columns)).isTrue();
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of(Types.BooleanType.get(), "TRUE", "true"),
                Arguments.of(Types.IntegerType.get(), "-7", "-7"),
                Arguments.of(Types.DoubleType.get(), "1.5", "1.5"),
                Arguments.of(Types.DecimalType.of(5, 2), "1.5", "1.50"),
                Arguments.of(Types.DateType.get(), "2026-01-31", "2026-01-31"),
                Arguments.of(Types.TimeType.get(), "10:11:12.5", "10:11:12.500"),
                Arguments.of(Types.TimestampType.withoutZone(), "2026-01-31", "2026-01-31 00:00:00.000000"),
                Arguments.of(Types.TimestampType.withZone(), "2026-01-31 12:00:00", "2026-01-31 12:00:00.000000+00:00"),
                Arguments.of(Types.StringType.get(), "it's", "it's"),
                Arguments.of(
                        Types.UUIDType.get(),
                        "F0E1D2C3-0000-4000-8000-000000000001",
                        "f0e1d2c3-0000-4000-8000-000000000001"),
                Arguments.of(Types.BinaryType.get(), "\\x00\\xff", "\\x00\\xFF"));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void comments_and_defaults_come_with_their_column(Type type, String text, String canonical) {
        var field = FieldDefaults.withWrite(FieldDefaults.withInitial(commented(type), text), text);
        var column =
                IcebergTypes.withNewIds(new Schema(List.of(field))).columns().getFirst();
        assertThat(column.doc()).isEqualTo("what it is");
        assertThat(column.initialDefault()).isNotNull().isEqualTo(column.writeDefault());
        var back = IcebergTypes.toArrow(column);
        assertThat(back.getMetadata()).containsEntry("comment", "what it is");
        assertThat(FieldDefaults.initial(back)).contains(canonical);
        assertThat(FieldDefaults.write(back)).contains(canonical);
    }

    private static Field commented(Type type) {
        return IcebergTypes.toArrow(Types.NestedField.optional(1, "a", type, "what it is"));
    }

    @Test
    void a_default_of_another_type_is_refused() {
        var field = FieldDefaults.withWrite(Field.nullable("a", INT64), "many");
        assertThatThrownBy(() -> IcebergTypes.withNewIds(new Schema(List.of(field))))
                .hasMessageContaining("'many' is no default for column 'a' of type BIGINT");
    }

    static Stream<Arguments> relatives() {
        return Stream.of(
                Arguments.of(new ArrowType.Int(8, true), Types.IntegerType.get()),
                Arguments.of(new ArrowType.Int(16, false), Types.IntegerType.get()),
                Arguments.of(new ArrowType.Int(32, false), Types.LongType.get()),
                Arguments.of(new ArrowType.Int(64, false), Types.DecimalType.of(20, 0)),
                Arguments.of(ArrowType.LargeUtf8.INSTANCE, Types.StringType.get()),
                Arguments.of(new ArrowType.Timestamp(TimeUnit.NANOSECOND, null), Types.TimestampType.withoutZone()),
                Arguments.of(new ArrowType.Timestamp(TimeUnit.SECOND, "Europe/Oslo"), Types.TimestampType.withZone()));
    }

    @ParameterizedTest
    @MethodSource("relatives")
    void related_arrow_types_become_the_type_that_holds_them(ArrowType arrow, Type type) {
        var schema = IcebergTypes.withNewIds(new Schema(List.of(Field.nullable("a", arrow))));
        assertThat(schema.findType("a")).isEqualTo(type);
    }

    @Test
    void nested_fields_have_ids_at_every_depth() {
        var point = new Field(
                "point",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(Field.notNullable("x", INT64), Field.nullable("label", UTF8)));
        var points = new Field("points", FieldType.nullable(ArrowType.List.INSTANCE), List.of(point));
        var entries = new Field(
                "entries",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(Field.notNullable("key", UTF8), points));
        var map = new Field("byName", FieldType.nullable(new ArrowType.Map(false)), List.of(entries));
        var columns = IcebergTypes.withNewIds(new Schema(List.of(map, Field.nullable("id", INT64))));
        assertThat(columns.findField("byName.value.element.label").type()).isEqualTo(Types.StringType.get());
        assertThat(columns.findField("byName.value.element").isRequired()).isTrue();
        assertThat(columns.columns()).extracting(Types.NestedField::fieldId).containsExactly(1, 2);

        var arrow = IcebergTypes.toArrow(columns);
        var value =
                arrow.findField("byName").getChildren().getFirst().getChildren().getLast();
        assertThat(FieldIds.load(value))
                .isEqualTo(columns.findField("byName.value").fieldId());
        var label = value.getChildren().getFirst().getChildren().getLast();
        assertThat(FieldIds.load(label))
                .isEqualTo(columns.findField("byName.value.element.label").fieldId());
        assertThat(IcebergTypes.withIdsOf(arrow).sameSchema(columns)).isTrue();
    }

    @Test
    void a_uuid_says_so() {
        var columns = new org.apache.iceberg.Schema(Types.NestedField.optional(1, "u", Types.UUIDType.get()));
        assertThat(IcebergTypes.toArrow(columns).findField("u").getMetadata())
                .containsAllEntriesOf(Map.of("ARROW:extension:name", "arrow.uuid", FieldIds.KEY, "1"));
    }

    @Test
    void a_type_that_no_table_holds_is_refused_by_column_and_type() {
        var interval = Field.nullable("length", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO));
        var trip = new Field("trip", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(interval));
        assertThatThrownBy(() -> IcebergTypes.withNewIds(new Schema(List.of(trip))))
                .hasMessageContaining("'trip.length'")
                .hasMessageContaining("Interval");
    }
}
