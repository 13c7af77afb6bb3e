package dev.sluice.engine;

import dev.sluice.core.DataFile;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RemovedRows;
import dev.sluice.core.TableFile;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * Changes rows by merge-on-read: data files stay as they are and lose rows, and the rows' new values go into new files.
 */
final class DeltaWriter {
    /** The columns of a position delete file, with the ids that Iceberg reserves for them. */
    private static final Schema POSITION_DELETES = new Schema(List.of(
            column("file_path", ArrowType.Utf8.INSTANCE, Integer.MAX_VALUE - 101),
            column("pos", new ArrowType.Int(Long.SIZE, true), Integer.MAX_VALUE - 102)));

    private static final String PLACE = RowChanges.FILE + ", " + RowChanges.ROW;

    private final DuckDBConnection connection;
    private final TableBinder tables;
    private final Source table;
    private final WriteTarget target;
    private final Cancellation cancellation;
    private final List<DataFile> written = new ArrayList<>();

    DeltaWriter(
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

    private static Field column(String name, ArrowType type, int id) {
        return FieldIds.with(new Field(name, FieldType.notNullable(type), null), id);
    }

    Changed write(RowChanges changes) throws SQLException {
        var source = table.only(changes.files());
        try {
            var added = newRows(source, changes);
            written.addAll(added);
            var deleted = source.files().isEmpty() ? List.<RemovedRows>of() : removed(source.files());
            return new Changed(changes.count(), List.of(), added, deleted);
        } catch (EngineFailure e) {
            Folders.discard(written, e);
            throw e.unplaced();
        } catch (RuntimeException | SQLException e) {
            Folders.discard(written, e);
            throw e;
        }
    }

    private List<DataFile> newRows(Source source, RowChanges changes) throws SQLException {
        var sql = new ChangedRows(target.schema(), table.positions().orElseThrow(), changes.columns());
        try (var bound = tables.bind(source, cancellation)) {
            var rows = new ArrayList<String>();
            if (changes.updates()) {
                rows.add(sql.updated(bound.sql()));
            }
            if (changes.inserts()) {
                rows.add(sql.inserted());
            }
            return rows.isEmpty()
                    ? List.of()
                    : new ParquetWriter(target, cancellation)
                            .write(connection, new EngineQuery(String.join(" UNION ALL ", rows)));
        }
    }

    private List<RemovedRows> removed(List<TableFile> files) throws SQLException {
        return switch (target.removal()) {
            case POSITION_DELETES -> positionDeletes(files);
            case DELETION_VECTORS -> numbers(files);
            case COPY_ON_WRITE -> throw new IllegalArgumentException("Copy-on-write leaves no rows in their files");
        };
    }

    /** One for each data file, in the order of its rows, as Iceberg asks. */
    private List<RemovedRows> positionDeletes(List<TableFile> files) {
        var folder = new WriteTarget(POSITION_DELETES, List.of(), target.folder()).with(target.layout());
        var writer = new ParquetWriter(folder, cancellation);
        var removed = new ArrayList<RemovedRows>();
        for (var file : files) {
            var rows = "SELECT " + QualifiedName.literal(file.origin().location()) + ", " + RowChanges.ROW + " FROM "
                    + RowChanges.TABLE + " WHERE " + RowChanges.FILE + " = "
                    + QualifiedName.literal(file.path().toString()) + " ORDER BY " + RowChanges.ROW;
            var positions = writer.writeOne(connection, new EngineQuery(rows)).orElseThrow();
            written.add(positions);
            removed.add(new RemovedRows.Written(file.path(), positions));
        }
        return removed;
    }

    private List<RemovedRows> numbers(List<TableFile> files) throws SQLException {
        var now = new HashMap<String, DeletedRows.Builder>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT " + PLACE + " FROM " + RowChanges.TABLE + " WHERE "
                        + RowChanges.FILE + " IS NOT NULL")) {
            while (rows.next()) {
                now.computeIfAbsent(rows.getString(1), _ -> new DeletedRows.Builder())
                        .add(rows.getLong(2));
            }
        }
        var before = tables.deletedRows(files, cancellation);
        var removed = new ArrayList<RemovedRows>();
        for (var i = 0; i < files.size(); i++) {
            var file = files.get(i).path();
            var builder = now.get(file.toString());
            if (builder == null) {
                throw new IllegalStateException("No row of " + file + " is deleted");
            }
            removed.add(numbered(file, DeletedRows.union(List.of(before.get(i), builder.build()))));
        }
        return removed;
    }

    private static RemovedRows numbered(Path file, DeletedRows rows) {
        var numbers = LongBuffer.allocate(Math.toIntExact(rows.cardinality()));
        rows.forEach(numbers::put);
        return new RemovedRows.Numbered(file, numbers.flip());
    }
}
