package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.DataFile;
import dev.sluice.core.QualifiedName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/** Changes rows by copy-on-write: the files that have rows to change are written anew, together with new rows. */
final class Rewriter {
    private final DuckDBConnection connection;
    private final TableBinder tables;
    private final Source table;
    private final WriteTarget target;
    private final Cancellation cancellation;

    Rewriter(
            DuckDBConnection connection,
            TableBinder tables,
            Source table,
            WriteTarget target,
            Cancellation cancellation) {
        this.connection = connection;
        this.tables = tables;
        this.table = table;
        this.target = target;
        this.cancellation = cancellation;
    }

    Changed rewrite(RowChanges changes) throws SQLException {
        var files = changes.files();
        var touched = Set.copyOf(files);
        var source = table.with(table.files().stream()
                .filter(file -> touched.contains(file.path()))
                .toList());
        try (var bound = tables.bind(source, cancellation)) {
            var rows = new ArrayList<String>();
            if (!files.isEmpty()) {
                rows.add(kept(bound.sql(), changes.columns()));
            }
            if (changes.inserts()) {
                rows.add(inserted(changes.columns()));
            }
            return rows.isEmpty()
                    ? new Changed(0, List.of(), List.of())
                    : new Changed(changes.count(), files, write(String.join(" UNION ALL ", rows)));
        }
    }

    /** The files' rows as they will be. */
    private String kept(String files, List<String> columns) {
        var positions = table.positions().orElseThrow();
        var values = target.schema().getFields().stream()
                .map(f -> columns.contains(f.getName()) ? changed(f) : "t." + QualifiedName.quote(f.getName()))
                .collect(joining(", "));
        return "SELECT " + values + " FROM " + files + " AS t LEFT JOIN " + RowChanges.TABLE + " AS m ON m."
                + RowChanges.FILE + " = t." + QualifiedName.quote(positions.file()) + " AND m." + RowChanges.ROW
                + " = t." + QualifiedName.quote(positions.row()) + " WHERE m." + RowChanges.ACTION
                + " IS DISTINCT FROM " + RowChanges.DELETE;
    }

    private static String changed(Field field) {
        return "CASE WHEN m." + RowChanges.FILE + " IS NULL THEN t." + QualifiedName.quote(field.getName()) + " ELSE "
                + value(field) + " END";
    }

    private static String value(Field field) {
        return "CAST(m." + QualifiedName.quote(field.getName()) + " AS " + DuckDbTypes.sql(field) + ")";
    }

    private String inserted(List<String> columns) {
        var values = target.schema().getFields().stream()
                .map(f -> columns.contains(f.getName()) ? value(f) : "NULL")
                .collect(joining(", "));
        return "SELECT " + values + " FROM " + RowChanges.TABLE + " AS m WHERE m." + RowChanges.ACTION + " = "
                + RowChanges.INSERT;
    }

    /** The text is ours, so that a place in it tells the client nothing. */
    private List<DataFile> write(String sql) {
        try {
            return new ParquetWriter(target, cancellation).write(connection, new EngineQuery(sql));
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }
}
