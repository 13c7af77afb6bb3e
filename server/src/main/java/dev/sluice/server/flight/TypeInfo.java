package dev.sluice.server.flight;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;

/** The types that a column can have, as tools ask for them to offer a choice; codes are those of {@link Types}. */
final class TypeInfo {
    private static final int NULLABLE = 1;
    private static final int SEARCHABLE = 3;

    private static final List<Type> ALL = List.of(
            plain("BOOLEAN", Types.BOOLEAN, 1),
            number("INTEGER", Types.INTEGER, 10),
            number("BIGINT", Types.BIGINT, 19),
            number("REAL", Types.REAL, 7),
            number("DOUBLE", Types.DOUBLE, 15),
            new Type("DECIMAL", Types.DECIMAL, 38, Optional.empty(), List.of("precision", "scale"), OptionalInt.of(10)),
            quoted("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE),
            quoted("DATE", Types.DATE, 10),
            quoted("TIME", Types.TIME, 15),
            quoted("TIMESTAMP", Types.TIMESTAMP, 26),
            quoted("TIMESTAMP WITH TIME ZONE", Types.TIMESTAMP_WITH_TIMEZONE, 32),
            quoted("VARBINARY", Types.VARBINARY, Integer.MAX_VALUE),
            quoted("UUID", Types.OTHER, 36),
            plain("ARRAY", Types.ARRAY, 0),
            plain("STRUCT", Types.STRUCT, 0),
            plain("MAP", Types.OTHER, 0));

    private TypeInfo() {}

    /**
     * One type.
     *
     * @param size digits or characters at most
     * @param quote what stands around its literals
     * @param parameters what may stand in parentheses behind its name
     * @param radix base of its digits
     */
    private record Type(
            String name, int code, int size, Optional<String> quote, List<String> parameters, OptionalInt radix) {}

    private static Type plain(String name, int code, int size) {
        return new Type(name, code, size, Optional.empty(), List.of(), OptionalInt.empty());
    }

    private static Type number(String name, int code, int size) {
        return new Type(name, code, size, Optional.empty(), List.of(), OptionalInt.of(10));
    }

    private static Type quoted(String name, int code, int size) {
        return new Type(name, code, size, Optional.of("'"), List.of(), OptionalInt.empty());
    }

    /**
     * The types as one batch, which the caller closes.
     *
     * @param code of the one type that is wanted; all where absent
     */
    static VectorSchemaRoot batch(OptionalInt code, BufferAllocator allocator) {
        var root = VectorSchemaRoot.create(Schemas.GET_TYPE_INFO_SCHEMA, allocator);
        var types = ALL.stream()
                .filter(type -> code.isEmpty() || type.code() == code.getAsInt())
                .toList();
        root.allocateNew();
        for (var row = 0; row < types.size(); row++) {
            write(root, row, types.get(row));
        }
        root.setRowCount(types.size());
        return root;
    }

    private static void write(VectorSchemaRoot root, int row, Type type) {
        text(root, "type_name", row, type.name());
        text(root, "local_type_name", row, type.name());
        type.quote().ifPresent(quote -> {
            text(root, "literal_prefix", row, quote);
            text(root, "literal_suffix", row, quote);
        });
        number(root, "data_type", row, type.code());
        number(root, "sql_data_type", row, type.code());
        number(root, "column_size", row, type.size());
        number(root, "nullable", row, NULLABLE);
        number(root, "searchable", row, SEARCHABLE);
        type.radix().ifPresent(radix -> {
            number(root, "num_prec_radix", row, radix);
            flag(root, "unsigned_attribute", row, false);
        });
        flag(root, "case_sensitive", row, type.code() == Types.VARCHAR);
        flag(root, "fixed_prec_scale", row, false);
        flag(root, "auto_increment", row, false);
        var parameters = ((ListVector) root.getVector("create_params")).getWriter();
        parameters.setPosition(row);
        parameters.startList();
        type.parameters().forEach(parameters::writeVarChar);
        parameters.endList();
    }

    private static void text(VectorSchemaRoot root, String column, int row, String value) {
        ((VarCharVector) root.getVector(column)).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(VectorSchemaRoot root, String column, int row, int value) {
        ((IntVector) root.getVector(column)).setSafe(row, value);
    }

    private static void flag(VectorSchemaRoot root, String column, int row, boolean value) {
        ((BitVector) root.getVector(column)).setSafe(row, value ? 1 : 0);
    }
}
