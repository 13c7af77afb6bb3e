package dev.sluice.engine;

import dev.sluice.core.DataFile;
import dev.sluice.core.TableFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows of files into other files, in the order that is wanted: one COPY for each file, since DuckDB keeps no
 * order among the row groups of a COPY that makes several.
 */
final class Rearranger {
    private static final String ORDERED = "__sluice_ordered";

    private final DuckDBConnection connection;
    private final TableBinder tables;
    private final Rearrangement work;
    private final Cancellation cancellation;
    private final ParquetWriter writer;
    private final List<DataFile> written = new ArrayList<>();

    Rearranger(DuckDBConnection connection, TableBinder tables, Rearrangement work, Cancellation cancellation) {
        this.connection = connection;
        this.tables = tables;
        this.work = work;
        this.cancellation = cancellation;
        this.writer = new ParquetWriter(work.target(), cancellation);
    }

    List<DataFile> write() throws SQLException {
        try {
            switch (spread()) {
                case ANY ->
                    reading(work.table(), rows -> written.addAll(writer.write(connection, new EngineQuery(rows))));
                case ONE_PARTITION -> {
                    if (work.order() instanceof RowOrder.Kept) {
                        writeRuns();
                    } else {
                        writeSlices();
                    }
                }
            }
            return List.copyOf(written);
        } catch (EngineFailure e) {
            Folders.discard(written, e);
            throw e.unplaced();
        } catch (RuntimeException | SQLException e) {
            Folders.discard(written, e);
            throw e;
        }
    }

    /** What is written in the target's own order is cut there, too. */
    private Rearrangement.Spread spread() {
        return work.target().order().isEmpty() ? work.spread() : Rearrangement.Spread.ANY;
    }

    private interface Reading {
        void of(String rows) throws SQLException;
    }

    private void reading(Source table, Reading reading) throws SQLException {
        try (var bound = tables.bind(table, cancellation)) {
            reading.of(OrderedSql.of(bound.sql(), table.schema(), work.order()));
        }
    }

    /** One file of each few that follow one another. */
    private void writeRuns() throws SQLException {
        var run = new ArrayList<TableFile>();
        var bytes = 0L;
        for (var file : work.table().files()) {
            if (!run.isEmpty() && bytes + file.bytes() > work.target().layout().fileBytes()) {
                reading(work.table().with(run), this::writeOne);
                run.clear();
                bytes = 0;
            }
            run.add(file);
            bytes += file.bytes();
        }
        reading(work.table().with(run), this::writeOne);
    }

    /** Puts all rows in order, and cuts them into as many files as they were worth before. */
    private void writeSlices() throws SQLException {
        var bytes = work.table().files().stream().mapToLong(TableFile::bytes).sum();
        var files =
                Math.max(1, Math.round((double) bytes / work.target().layout().fileBytes()));
        var rows = order();
        var slice = Math.max(1, Math.ceilDiv(rows, files));
        for (var from = 0L; from < rows; from += slice) {
            writeOne("SELECT * FROM " + ORDERED + " WHERE rowid >= " + from + " AND rowid < " + (from + slice));
        }
    }

    private long order() throws SQLException {
        try (var statement = connection.createStatement()) {
            reading(work.table(), rows -> statement.execute("CREATE OR REPLACE TEMP TABLE " + ORDERED + " AS " + rows));
            try (var count = statement.executeQuery("SELECT count(*) FROM " + ORDERED)) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    private void writeOne(String rows) {
        writer.writeOne(connection, new EngineQuery(rows)).ifPresent(written::add);
    }
}
