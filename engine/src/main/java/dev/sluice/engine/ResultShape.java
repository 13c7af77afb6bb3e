package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query in the form in which it runs: as it was given, or inside casts that make each column readable to clients.
 *
 * @param sql the form that runs
 * @param prefix characters that stand before the given text
 * @param columns of the text as it was given
 */
record ResultShape(String sql, int prefix, List<Column> columns, Schema parameters) {
    /** An unnamed column is called by its whole expression; Arrow cannot read names beyond some 64 KiB. */
    private static final int MAX_NAME = 1000;

    ResultShape {
        columns = List.copyOf(columns);
    }

    /** A column's name, and DuckDB's name of its type. */
    record Column(String name, String type) {}

    /**
     * The form of a query that was prepared.
     *
     * @param query its text, and values of its parameters, on which the types of the result may depend; absent ones
     *     count as null
     */
    static ResultShape of(PreparedStatement prepared, EngineQuery query) throws SQLException {
        var parameters = parameters(prepared.getParameterMetaData());
        if (!isUnknown(prepared.getMetaData())) {
            return of(query.sql(), prepared.getMetaData(), parameters);
        }
        if (parameters.getFields().isEmpty()) {
            throw Failure.unsupported("The columns of this result depend on the data: name the values to pivot by,"
                            + " as in ON column IN ('a', 'b')")
                    .exception();
        }
        var before = "SELECT * FROM (";
        try (var empty = prepared.getConnection().prepareStatement(before + query.sql() + "\n) LIMIT 0")) {
            Parameters.bind(empty, query.parameters(), parameters.getFields().size());
            try (var rows = empty.executeQuery()) {
                return of(query.sql(), rows.getMetaData(), parameters);
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, before + query.sql()).shifted(before.length());
        }
    }

    /** DuckDB cannot tell any column as long as it cannot tell the type of a parameter. */
    private static boolean isUnknown(ResultSetMetaData columns) throws SQLException {
        return columns.getColumnCount() == 1 && columns.getColumnTypeName(1).equals("UNKNOWN");
    }

    private static ResultShape of(String sql, ResultSetMetaData columns, Schema parameters) throws SQLException {
        var given = new ArrayList<Column>();
        var casts = new ArrayList<String>();
        var plain = true;
        for (var i = 1; i <= columns.getColumnCount(); i++) {
            var type = columns.getColumnTypeName(i);
            var readable = ReadableType.of(type);
            var name = shortened(columns.getColumnName(i));
            var column = "c" + i + "_";
            plain &= readable.equals(type) && name.equals(columns.getColumnName(i));
            given.add(new Column(name, type));
            casts.add((readable.equals(type) ? column : "CAST(" + column + " AS " + readable + ")") + " AS "
                    + QualifiedName.quote(name));
        }
        if (plain) {
            return new ResultShape(sql, 0, given, parameters);
        }
        var before = "SELECT " + String.join(", ", casts) + " FROM (";
        var columnNames = IntStream.rangeClosed(1, given.size())
                .mapToObj(i -> "c" + i + "_")
                .collect(joining(", "));
        return new ResultShape(before + sql + "\n) AS rows_(" + columnNames + ")", before.length(), given, parameters);
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, name.offsetByCodePoints(0, MAX_NAME / 2)) + "…";
    }

    static Schema parameters(ParameterMetaData parameters) throws SQLException {
        var fields = new ArrayList<Field>();
        for (var i = 1; i <= parameters.getParameterCount(); i++) {
            var type = DuckDbTypes.parameter(String.valueOf(parameters.getParameterTypeName(i)));
            fields.add(Field.nullable("parameter_" + i, type));
        }
        return new Schema(fields);
    }

    /** A call into DuckDB with this form of the query. */
    interface Call<T> {
        T run() throws SQLException, IOException;
    }

    /** Makes the call; a failure tells its place in the text as it was given. */
    <T> T failing(Cancellation cancellation, Call<T> call) {
        try {
            return call.run();
        } catch (SQLException | IOException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(prefix);
        }
    }

    /** The schema with this query's names. */
    Schema named(Schema schema) {
        return new Schema(IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    var field = schema.getFields().get(i);
                    return new Field(columns.get(i).name(), field.getFieldType(), field.getChildren());
                })
                .toList());
    }

    /** The columns of a table that is to hold the rows: a UUID reaches clients as text, and is stored as one. */
    Schema stored(Schema schema) {
        return new Schema(IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).type().equals("UUID")
                        ? DuckDbTypes.uuid(columns.get(i).name())
                        : schema.getFields().get(i))
                .toList());
    }
}
