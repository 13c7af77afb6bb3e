package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import org.apache.arrow.vector.types.pojo.Field;

/** A table's files as a table expression of DuckDB. */
final class TableSql {
    private TableSql() {}

    /** The files' rows by field ids; an empty stand-in where there are none. */
    static String of(Source source) {
        if (source.files().isEmpty()) {
            return standIn(source);
        }
        var files = source.files().stream()
                .map(file -> QualifiedName.literal(file.toString()))
                .collect(joining(", "));
        var schema = source.schema().getFields().stream().map(TableSql::column).collect(joining(", "));
        var read = "read_parquet([" + files + "], schema = MAP {" + schema + "}";
        return source.positions()
                .map(p -> "(SELECT " + columns(source) + ", filename AS " + QualifiedName.quote(p.file())
                        + ", file_row_number AS " + QualifiedName.quote(p.row()) + " FROM " + read
                        + ", filename = true, file_row_number = true))")
                .orElse(read + ")");
    }

    private static String columns(Source source) {
        return source.schema().getFields().stream()
                .map(f -> QualifiedName.quote(f.getName()))
                .collect(joining(", "));
    }

    private static String column(Field field) {
        return FieldIds.load(field) + ": {name: " + QualifiedName.literal(field.getName()) + ", type: "
                + QualifiedName.literal(DuckDbTypes.sql(field)) + ", default_value: NULL}";
    }

    /** The same columns without a row. */
    static String standIn(Source source) {
        var columns = source.schema().getFields().stream()
                .map(f -> "CAST(NULL AS " + DuckDbTypes.sql(f) + ") AS " + QualifiedName.quote(f.getName()))
                .collect(joining(", "));
        var positions = source.positions()
                .map(p -> ", CAST(NULL AS VARCHAR) AS " + QualifiedName.quote(p.file()) + ", CAST(NULL AS BIGINT) AS "
                        + QualifiedName.quote(p.row()))
                .orElse("");
        return "(SELECT " + columns + positions + " WHERE false)";
    }
}
