package dev.sluice.catalog;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;

/** The files that snapshots of a table added and removed. */
record FileChanges(
        List<DataFile> added, List<DataFile> removed, List<DeleteFile> addedDeletes, List<DeleteFile> removedDeletes) {
    static final FileChanges NONE = new FileChanges(List.of(), List.of(), List.of(), List.of());

    static FileChanges of(Snapshot snapshot, Table table, ExecutorService executor) {
        var changes = SnapshotChanges.builderFor(table)
                .snapshot(snapshot)
                .executeWith(executor)
                .build();
        return new FileChanges(
                list(changes.addedDataFiles()),
                list(changes.removedDataFiles()),
                list(changes.addedDeleteFiles()),
                list(changes.removedDeleteFiles()));
    }

    private static <T> List<T> list(Iterable<T> files) {
        return StreamSupport.stream(files.spliterator(), false).toList();
    }

    /** All of them as one. */
    static FileChanges sum(List<FileChanges> changes) {
        return new FileChanges(
                all(changes, FileChanges::added),
                all(changes, FileChanges::removed),
                all(changes, FileChanges::addedDeletes),
                all(changes, FileChanges::removedDeletes));
    }

    private static <T> List<T> all(List<FileChanges> changes, Function<FileChanges, List<T>> part) {
        return changes.stream().map(part).flatMap(List::stream).toList();
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && addedDeletes.isEmpty() && removedDeletes.isEmpty();
    }

    /** Whether it does nothing but add rows. */
    boolean isAppend() {
        return removed.isEmpty() && addedDeletes.isEmpty() && removedDeletes.isEmpty();
    }
}
