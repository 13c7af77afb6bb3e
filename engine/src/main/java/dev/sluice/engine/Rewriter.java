package dev.sluice.engine;

import dev.sluice.core.DataFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        var source = table.only(files);
        var sql = new ChangedRows(target.schema(), table.positions().orElseThrow(), changes.columns());
        try (var bound = tables.bind(source, cancellation)) {
            var rows = new ArrayList<String>();
            if (!files.isEmpty()) {
                rows.add(sql.kept(bound.sql()));
            }
            if (changes.inserts()) {
                rows.add(sql.inserted());
            }
            return rows.isEmpty()
                    ? new Changed(0, List.of(), List.of())
                    : new Changed(changes.count(), files, write(String.join(" UNION ALL ", rows)));
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
}
