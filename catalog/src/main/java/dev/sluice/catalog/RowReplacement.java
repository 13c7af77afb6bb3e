package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.RemovedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Conversions;

/**
 * Replaces data files, and takes rows away from others: by position delete files that have been written, or by deletion
 * vectors that are written here.
 */
final class RowReplacement {
    private final StagedTable staged;
    private final Table table;
    private final ExecutorService executor;

    RowReplacement(StagedTable staged, ExecutorService executor) {
        this.staged = staged;
        this.table = staged.table();
        this.executor = executor;
    }

    void apply(Change.Replace change) {
        var tasks = find(change);
        if (change.deleted().isEmpty()) {
            var overwrite = table.newOverwrite().scanManifestsWith(executor);
            change.removed()
                    .forEach(path -> overwrite.deleteFile(task(tasks, path).file()));
            change.added().forEach(file -> overwrite.addFile(WrittenFile.toIceberg(file, staged)));
            overwrite.commit();
            return;
        }
        // Iceberg looks for vectors that came between, and there are none after the snapshot that is changed
        var delta = table.newRowDelta()
                .validateFromSnapshot(table.currentSnapshot().snapshotId())
                .scanManifestsWith(executor);
        change.removed().forEach(path -> delta.removeRows(task(tasks, path).file()));
        change.added().forEach(file -> delta.addRows(WrittenFile.toIceberg(file, staged)));
        addDeletes(change.deleted(), tasks, delta);
        delta.commit();
    }

    private void addDeletes(List<RemovedRows> deleted, Map<Path, FileScanTask> tasks, RowDelta delta) {
        var vectors = new BaseDVFileWriter(vectorFiles(), _ -> PositionDeleteIndex.empty());
        try (vectors) {
            for (var rows : deleted) {
                var task = task(tasks, rows.dataFile());
                switch (rows) {
                    case RemovedRows.Written written -> delta.addDeletes(positions(written, task));
                    case RemovedRows.Numbered numbered -> {
                        addVector(numbered, task, vectors);
                        task.deletes().stream()
                                .filter(delete -> isOf(delete, task.file()))
                                .forEach(delta::removeDeletes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vectors.result().deleteFiles().forEach(delta::addDeletes);
    }

    private static void addVector(RemovedRows.Numbered rows, FileScanTask task, BaseDVFileWriter vectors) {
        var file = task.file();
        for (var numbers = rows.rows().duplicate(); numbers.hasRemaining(); ) {
            vectors.delete(file.location(), numbers.get(), task.spec(), file.partition());
        }
    }

    private OutputFileFactory vectorFiles() {
        return OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PUFFIN)
                .build();
    }

    /** Whether the deletes name rows of this file alone: a new vector of all its rows takes their place. */
    private static boolean isOf(DeleteFile delete, DataFile file) {
        return delete.content() == FileContent.POSITION_DELETES
                && file.location().equals(delete.referencedDataFile());
    }

    private DeleteFile positions(RemovedRows.Written rows, FileScanTask task) {
        var file = rows.positions();
        var dataFile = task.file();
        var spec = task.spec();
        var builder = FileMetadata.deleteFileBuilder(spec)
                .ofPositionDeletes()
                .withPath(staged.io().location(file.path()))
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withReferencedDataFile(dataFile.location())
                .withMetrics(metrics(file.rows(), dataFile));
        return (spec.isPartitioned() ? builder.withPartition(dataFile.partition()) : builder).build();
    }

    /** Equal bounds of the path are how readers before version 3 know that one data file alone is meant. */
    private static Metrics metrics(long rows, DataFile dataFile) {
        var path = MetadataColumns.DELETE_FILE_PATH;
        ByteBuffer location = Conversions.toByteBuffer(path.type(), dataFile.location());
        var bounds = Map.of(path.fieldId(), location);
        return new Metrics(rows, null, null, null, null, bounds, bounds);
    }

    /** The files that the change names, as the table lists them. */
    private Map<Path, FileScanTask> find(Change.Replace change) {
        var wanted = new HashSet<>(change.removed());
        change.deleted().forEach(rows -> wanted.add(rows.dataFile()));
        var found = new HashMap<Path, FileScanTask>();
        try (var tasks = table.newScan().planWith(executor).planFiles()) {
            for (var task : tasks) {
                var path = staged.io().path(task.file().location());
                if (wanted.contains(path)) {
                    found.put(path, task);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private FileScanTask task(Map<Path, FileScanTask> tasks, Path path) {
        var task = tasks.get(path);
        if (task == null) {
            throw new Failure.Internal("Table at " + staged.current().location() + " has no file " + path).exception();
        }
        return task;
    }
}
