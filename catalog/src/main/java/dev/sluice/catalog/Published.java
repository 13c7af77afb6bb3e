package dev.sluice.catalog;

import dev.sluice.core.DataFile;
import dev.sluice.core.RemovedRows;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes the files of a change to where they are stored before the change is committed, and back where that certainly
 * did not happen. Thread-safe.
 */
final class Published {
    private final WarehouseIO io;

    Published(WarehouseIO io) {
        this.io = io;
    }

    CommitOutcome around(Change change, Supplier<CommitOutcome> commit) {
        var files = files(change);
        if (files.isEmpty()) {
            return commit.get();
        }
        io.publish(files);
        try {
            var outcome = commit.get();
            if (outcome instanceof CommitOutcome.Conflicted) {
                io.withdraw(files);
            }
            return outcome;
        } catch (RuntimeException e) {
            io.withdraw(files);
            throw e;
        }
    }

    private static List<Path> files(Change change) {
        return switch (change) {
            case Change.CreateTable create -> paths(create.files().stream());
            case Change.Append append -> paths(append.files().stream());
            case Change.ReplacePartitions replace -> paths(replace.added().stream());
            case Change.Rewrite rewrite -> paths(rewrite.added().stream());
            case Change.Replace replace ->
                paths(Stream.concat(
                        replace.added().stream(),
                        replace.deleted().stream()
                                .filter(RemovedRows.Written.class::isInstance)
                                .map(rows -> ((RemovedRows.Written) rows).positions())));
            case Change.CreateSchema _,
                    Change.DropSchema _,
                    Change.AlterTable _,
                    Change.Rename _,
                    Change.RevertTable _,
                    Change.DropTable _,
                    Change.PutView _,
                    Change.DropView _,
                    Change.ExpireSnapshots _,
                    Change.RewriteManifests _,
                    Change.PutFunction _,
                    Change.DropFunction _ -> List.of();
        };
    }

    private static List<Path> paths(Stream<DataFile> files) {
        return files.map(DataFile::path).toList();
    }
}
