package dev.sluice.engine;

import dev.sluice.core.QualifiedName;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query in the form in which it runs: as it was given, or inside casts that make each column readable to clients.
 *
 * @param prefix characters that stand before the given text
 * @param names the result's names, which a query around it might change
 */
record ResultShape(String sql, int prefix, List<String> names, Schema parameters) {

    /** Prepares the query, and tells its form. */
    static ResultShape of(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            var parameters = parameters(statement.getParameterMetaData());
            var columns = statement.getMetaData();
            var names = new ArrayList<String>();
            var casts = new ArrayList<String>();
            var aliases = new ArrayList<String>();
            var plain = true;
            for (var i = 1; i <= columns.getColumnCount(); i++) {
                var name = QualifiedName.quote(columns.getColumnName(i));
                var readable = DuckDbTypes.readable(typeName(columns, i));
                var same = readable.equals(typeName(columns, i));
                plain &= same;
                names.add(columns.getColumnName(i));
                casts.add((same ? "c" + i + "_" : "CAST(c" + i + "_ AS " + readable + ")") + " AS " + name);
                aliases.add("c" + i + "_");
            }
            if (plain) {
                return new ResultShape(sql, 0, names, parameters);
            }
            var before = "SELECT " + String.join(", ", casts) + " FROM (";
            var whole = before + sql + "\n) AS rows_(" + String.join(", ", aliases) + ")";
            return new ResultShape(whole, before.length(), names, parameters);
        }
    }

    private static String typeName(ResultSetMetaData columns, int index) throws SQLException {
        return String.valueOf(columns.getColumnTypeName(index));
    }

    private static Schema parameters(ParameterMetaData parameters) throws SQLException {
        var fields = new ArrayList<Field>();
        for (var i = 1; i <= parameters.getParameterCount(); i++) {
            var type = DuckDbTypes.parameter(String.valueOf(parameters.getParameterTypeName(i)));
            fields.add(Field.nullable("parameter_" + i, type));
        }
        return new Schema(fields);
    }

    /** The schema with this query's names. */
    Schema named(Schema schema) {
        var fields = new ArrayList<Field>();
        for (var i = 0; i < names.size(); i++) {
            var field = schema.getFields().get(i);
            fields.add(new Field(names.get(i), field.getFieldType(), field.getChildren()));
        }
        return new Schema(fields);
    }
}
