package dev.sluice.planner;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arrow's types as Calcite's, as far as finding filters needs them. */
final class CalciteTypes {
    private static final int MAX_PRECISION = 38;

    private static final RelDataTypeSystem SYSTEM = new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return switch (type) {
                case DECIMAL -> MAX_PRECISION;
                case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 9;
                default -> super.getMaxPrecision(type);
            };
        }

        @Override
        public int getMaxScale(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? MAX_PRECISION : super.getMaxScale(type);
        }

        // Strings of different lengths in one list must not be padded.
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    };

    private final RelDataTypeFactory factory = new JavaTypeFactoryImpl(SYSTEM);

    RelDataTypeFactory factory() {
        return factory;
    }

    RelDataType row(Schema schema) {
        var row = factory.builder();
        schema.getFields().forEach(field -> row.add(field.getName(), type(field)));
        return row.build();
    }

    private RelDataType type(Field field) {
        return factory.createTypeWithNullability(bare(field), field.isNullable());
    }

    private RelDataType bare(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case ArrowType.Int integer ->
                factory.createSqlType(integer.getBitWidth() > 32 ? SqlTypeName.BIGINT : SqlTypeName.INTEGER);
            case ArrowType.FloatingPoint real ->
                factory.createSqlType(
                        real.getPrecision() == FloatingPointPrecision.DOUBLE ? SqlTypeName.DOUBLE : SqlTypeName.REAL);
            case ArrowType.Decimal decimal ->
                factory.createSqlType(SqlTypeName.DECIMAL, decimal.getPrecision(), decimal.getScale());
            case ArrowType.Utf8 _ -> factory.createSqlType(SqlTypeName.VARCHAR);
            case ArrowType.Date _ -> factory.createSqlType(SqlTypeName.DATE);
            case ArrowType.Time _ -> factory.createSqlType(SqlTypeName.TIME, 6);
            case ArrowType.Timestamp timestamp ->
                factory.createSqlType(
                        timestamp.getTimezone() == null
                                ? SqlTypeName.TIMESTAMP
                                : SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                        6);
            case ArrowType.Struct _ -> row(new Schema(field.getChildren()));
            case ArrowType.List _ ->
                factory.createArrayType(type(field.getChildren().getFirst()), -1);
            case ArrowType.Map _ -> {
                var entry = field.getChildren().getFirst().getChildren();
                yield factory.createMapType(type(entry.getFirst()), type(entry.getLast()));
            }
            default -> factory.createSqlType(SqlTypeName.ANY);
        };
    }
}
