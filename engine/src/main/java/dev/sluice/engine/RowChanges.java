package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/**
 * The rows that an UPDATE, DELETE or MERGE changes, found once, into a temporary table of its connection, so that a
 * volatile condition is asked once for each row.
 */
final class RowChanges {
    /** The table: a row's file and its number there, what becomes of it, and its new values by column. */
    static final String TABLE = "__sluice_changes";

    static final String FILE = "__sluice_changed_file";
    static final String ROW = "__sluice_changed_row";
    static final String ACTION = "__sluice_changed_action";

    static final String UPDATE = "'UPDATE'";
    static final String DELETE = "'DELETE'";
    static final String INSERT = "'INSERT'";

    private static final String CHANGE = "__sluice_change";
    private static final String PLACES = FILE + ", " + ROW;

    private final DuckDBConnection connection;
    private final Cancellation cancellation;
    private final List<String> columns;

    private RowChanges(DuckDBConnection connection, Cancellation cancellation, List<String> columns) {
        this.connection = connection;
        this.cancellation = cancellation;
        this.columns = List.copyOf(columns);
    }

    /**
     * @param matches gives a row's file and its number there, then the new value of each column; a row that it gives
     *     twice changes once
     */
    static RowChanges update(
            DuckDBConnection connection, EngineQuery matches, List<String> columns, Cancellation cancellation)
            throws SQLException {
        var changes = new RowChanges(connection, cancellation, columns);
        changes.find(
                matches,
                "SELECT DISTINCT ON (" + PLACES + ") *, " + UPDATE + " AS " + ACTION,
                "(" + PLACES + changes.names() + ")");
        return changes;
    }

    /** @param matches gives a row's file and its number there */
    static RowChanges delete(DuckDBConnection connection, EngineQuery matches, Cancellation cancellation)
            throws SQLException {
        var changes = new RowChanges(connection, cancellation, List.of());
        changes.find(matches, "SELECT DISTINCT *, " + DELETE + " AS " + ACTION, "(" + PLACES + ")");
        return changes;
    }

    /** What {@link Engine#merge} says. */
    static RowChanges merge(DuckDBConnection connection, Merge merge, Cancellation cancellation) throws SQLException {
        var changes = new RowChanges(connection, cancellation, merge.columns());
        var values = IntStream.range(0, merge.columns().size())
                .mapToObj(i -> ", struct_extract_at(" + CHANGE + ", " + (i + 2) + ") AS "
                        + QualifiedName.quote(merge.columns().get(i)))
                .collect(joining());
        var action = "struct_extract_at(" + CHANGE + ", 1)";
        // a row that is only deleted may come twice; new rows have no place, and all of them stay
        var once = switch (merge.twice()) {
            case FAIL -> "";
            case DELETE -> "DISTINCT ON (" + PLACES + ", CASE WHEN " + FILE + " IS NULL THEN uuid() END) ";
        };
        changes.find(
                merge.matches(),
                "SELECT " + once + PLACES + ", " + action + " AS " + ACTION + values,
                "(" + PLACES + ", " + CHANGE + ") WHERE " + CHANGE + " IS NOT NULL");
        changes.requireOnce();
        return changes;
    }

    private String names() {
        return columns.stream().map(name -> ", " + QualifiedName.quote(name)).collect(joining());
    }

    private void find(EngineQuery matches, String select, String rest) throws SQLException {
        var before = "CREATE TEMP TABLE " + TABLE + " AS " + select + " FROM (";
        var sql = before + matches.sql() + "\n) AS rows_" + rest;
        try (var statement = connection.prepareStatement(sql)) {
            Parameters.bind(statement, matches.parameters());
            statement.execute();
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(before.length());
        }
    }

    private void requireOnce() throws SQLException {
        var twice = number("SELECT coalesce(max(times), 1) FROM (SELECT count(*) AS times FROM " + TABLE + " WHERE "
                + FILE + " IS NOT NULL GROUP BY " + PLACES + ")");
        if (twice > 1) {
            throw new Failure.Invalid(
                            Code.CARDINALITY_VIOLATION,
                            "A row of the target meets " + twice + " rows of the source that would change it: narrow"
                                    + " the condition, or make the source's rows unique",
                            Optional.empty())
                    .exception();
        }
    }

    /** Those that have new values. */
    List<String> columns() {
        return columns;
    }

    /** The files that have rows to change, in order. */
    List<Path> files() throws SQLException {
        var files = new ArrayList<Path>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT DISTINCT " + FILE + " FROM " + TABLE + " WHERE " + FILE + " IS NOT NULL ORDER BY 1")) {
            while (rows.next()) {
                files.add(Path.of(rows.getString(1)));
            }
        }
        return files;
    }

    /** Whether there are new rows. */
    boolean inserts() throws SQLException {
        return has(INSERT);
    }

    /** Whether rows get new values. */
    boolean updates() throws SQLException {
        return has(UPDATE);
    }

    private boolean has(String action) throws SQLException {
        return number("SELECT count(*) FROM " + TABLE + " WHERE " + ACTION + " = " + action) > 0;
    }

    /** How many rows are changed, removed or added. */
    long count() throws SQLException {
        return number("SELECT count(*) FROM " + TABLE);
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
