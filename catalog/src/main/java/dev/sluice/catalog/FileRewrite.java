package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.util.DeleteFileSet;

/**
 * Replaces data files by others with the same rows. Deletes that no other file needs go with them. The new files take
 * the sequence number of the snapshot that was read, so that equality deletes which came later still apply to them.
 */
final class FileRewrite {
    private final StagedTable staged;
    private final ExecutorService executor;

    FileRewrite(StagedTable staged, ExecutorService executor) {
        this.staged = staged;
        this.executor = executor;
    }

    void apply(Change.Rewrite change) {
        var read = change.base().snapshotId().orElseThrow();
        var snapshot = staged.current().snapshot(read);
        var removed = new HashSet<>(change.removed());
        var tasks = tasks(read);
        var rewrite = staged.table()
                .newRewrite()
                .scanManifestsWith(executor)
                .validateFromSnapshot(read)
                .dataSequenceNumber(snapshot.sequenceNumber());
        tasks.stream().filter(task -> removed.contains(path(task))).forEach(task -> rewrite.deleteFile(task.file()));
        dangling(tasks, removed).forEach(rewrite::deleteFile);
        change.added().forEach(file -> rewrite.addFile(WrittenFile.toIceberg(file, staged)));
        rewrite.commit();
    }

    private Path path(FileScanTask task) {
        return staged.io().path(task.file().location());
    }

    private List<FileScanTask> tasks(long snapshot) {
        try (var planned = staged.table()
                .newScan()
                .useSnapshot(snapshot)
                .planWith(executor)
                .planFiles()) {
            var tasks = new ArrayList<FileScanTask>();
            planned.forEach(tasks::add);
            return tasks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes that apply to removed files alone. */
    private Set<DeleteFile> dangling(List<FileScanTask> tasks, Set<Path> removed) {
        var dangling = DeleteFileSet.create();
        var needed = DeleteFileSet.create();
        for (var task : tasks) {
            (removed.contains(path(task)) ? dangling : needed).addAll(task.deletes());
        }
        dangling.removeAll(needed);
        return dangling;
    }
}
