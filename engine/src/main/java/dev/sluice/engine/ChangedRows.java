package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * SQL of a table's rows as {@link RowChanges} leaves them.
 *
 * @param schema the table's columns
 * @param positions names of the columns of a row's place
 * @param columns those that have new values
 */
record ChangedRows(Schema schema, Source.Positions positions, List<String> columns) {
    /** All rows of the files that stay, changed or not. */
    String kept(String files) {
        return select(f -> columns.contains(f.getName()) ? changed(f) : old(f)) + join(files, "LEFT JOIN") + " WHERE m."
                + RowChanges.ACTION + " IS DISTINCT FROM " + RowChanges.DELETE;
    }

    /** The rows of the files that are changed. */
    String updated(String files) {
        return select(f -> columns.contains(f.getName()) ? value(f) : old(f)) + join(files, "JOIN") + " WHERE m."
                + RowChanges.ACTION + " = " + RowChanges.UPDATE;
    }

    String inserted() {
        return select(f -> columns.contains(f.getName()) ? value(f) : "NULL") + " FROM " + RowChanges.TABLE
                + " AS m WHERE m." + RowChanges.ACTION + " = " + RowChanges.INSERT;
    }

    private String select(Function<Field, String> value) {
        return schema.getFields().stream().map(value).collect(joining(", ", "SELECT ", ""));
    }

    private String join(String files, String kind) {
        return " FROM " + files + " AS t " + kind + " " + RowChanges.TABLE + " AS m ON m." + RowChanges.FILE + " = t."
                + QualifiedName.quote(positions.file()) + " AND m." + RowChanges.ROW + " = t."
                + QualifiedName.quote(positions.row());
    }

    private static String changed(Field field) {
        return "CASE WHEN m." + RowChanges.FILE + " IS NULL THEN " + old(field) + " ELSE " + value(field) + " END";
    }

    private static String old(Field field) {
        return "t." + QualifiedName.quote(field.getName());
    }

    private static String value(Field field) {
        return "CAST(m." + QualifiedName.quote(field.getName()) + " AS " + DuckDbTypes.sql(field) + ")";
    }
}
