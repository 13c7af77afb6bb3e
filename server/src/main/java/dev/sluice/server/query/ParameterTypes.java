package dev.sluice.server.query;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What clients are told of a statement's parameters. */
final class ParameterTypes {
    private static final int MILLISECOND_BITS = 32;

    private ParameterTypes() {}

    /**
     * The types that clients can bind. Text stands for a type that is not known, since it can hold any value. Times are
     * told in milliseconds: the JDBC driver writes those, whatever the unit it was told (Arrow Java issues 838 and
     * 1081).
     */
    static Schema forClients(Schema parameters) {
        return new Schema(parameters.getFields().stream()
                .map(field -> Field.nullable(field.getName(), forClients(field.getType())))
                .toList());
    }

    private static ArrowType forClients(ArrowType type) {
        return switch (type) {
            case ArrowType.Null _ -> ArrowType.Utf8.INSTANCE;
            case ArrowType.Timestamp stamp -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, stamp.getTimezone());
            case ArrowType.Time _ -> new ArrowType.Time(TimeUnit.MILLISECOND, MILLISECOND_BITS);
            default -> type;
        };
    }
}
