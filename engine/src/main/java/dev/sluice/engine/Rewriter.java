package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.DataFile;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * UPDATE and DELETE by copy-on-write. The rows to change are found once, into a temporary table, so that a volatile
 * condition is asked once for each row; then the files that have such rows are written anew.
 */
final class Rewriter {
    private static final String MATCHES = "__sluice_matches";
    private static final String FILE = "__sluice_matches_file";
    private static final String ROW = "__sluice_matches_row";

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

    Changed delete(EngineQuery matches) throws SQLException {
        return rewrite(matches, List.of(), from -> "SELECT " + all() + from + " WHERE m." + FILE + " IS NULL");
    }

    Changed update(EngineQuery matches, List<String> columns) throws SQLException {
        return rewrite(
                matches,
                columns,
                from -> "SELECT "
                        + target.schema().getFields().stream()
                                .map(f -> value(f, columns))
                                .collect(joining(", "))
                        + from);
    }

    private String value(Field field, List<String> columns) {
        var name = QualifiedName.quote(field.getName());
        return columns.contains(field.getName())
                ? "CASE WHEN m." + FILE + " IS NULL THEN t." + name + " ELSE CAST(m." + name + " AS "
                        + DuckDbTypes.sql(field) + ") END"
                : "t." + name;
    }

    private String all() {
        return target.schema().getFields().stream()
                .map(f -> "t." + QualifiedName.quote(f.getName()))
                .collect(joining(", "));
    }

    private interface Rows {
        String from(String source);
    }

    private Changed rewrite(EngineQuery matches, List<String> columns, Rows rows) throws SQLException {
        find(matches, columns);
        var files = touched();
        if (files.isEmpty()) {
            return new Changed(0, List.of(), List.of());
        }
        var touched = Set.copyOf(files);
        var source = table.with(table.files().stream()
                .filter(file -> touched.contains(file.path()))
                .toList());
        var positions = table.positions().orElseThrow();
        try (var bound = tables.bind(source, cancellation)) {
            var from = " FROM " + bound.sql() + " AS t LEFT JOIN " + MATCHES + " AS m ON m." + FILE + " = t."
                    + QualifiedName.quote(positions.file()) + " AND m." + ROW + " = t."
                    + QualifiedName.quote(positions.row());
            return new Changed(count(), files, write(rows.from(from)));
        }
    }

    /** The text is ours, so that a place in it tells the client nothing. */
    private List<DataFile> write(String sql) {
        try {
            return new ParquetWriter(target, cancellation).write(connection, new EngineQuery(sql));
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }

    private void find(EngineQuery matches, List<String> columns) throws SQLException {
        var values =
                columns.stream().map(name -> ", " + QualifiedName.quote(name)).collect(joining());
        var places = FILE + ", " + ROW;
        var before = "CREATE TEMP TABLE " + MATCHES + " AS SELECT DISTINCT ON (" + places + ") * FROM (";
        var sql = before + matches.sql() + "\n) AS rows_(" + places + values + ")";
        try (var statement = connection.prepareStatement(sql)) {
            Parameters.bind(statement, matches.parameters());
            statement.execute();
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(before.length());
        }
    }

    private List<Path> touched() throws SQLException {
        var files = new ArrayList<Path>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT " + FILE + " FROM " + MATCHES + " ORDER BY 1")) {
            while (rows.next()) {
                files.add(Path.of(rows.getString(1)));
            }
        }
        return files;
    }

    private long count() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + MATCHES)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
