package dev.sluice.engine;

import dev.sluice.core.DataFile;
import dev.sluice.core.RemovedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an update or a delete did to a table's files.
 *
 * @param rows how many rows were changed
 * @param removed files that others replace
 * @param added files of new rows
 * @param deleted rows of files that stay, one entry for each file
 */
public record Changed(long rows, List<Path> removed, List<DataFile> added, List<RemovedRows> deleted) {
    public Changed {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        deleted = List.copyOf(deleted);
    }

    /** A change by copy-on-write. */
    public Changed(long rows, List<Path> removed, List<DataFile> added) {
        this(rows, removed, added, List.of());
    }

    /** All files that were written. */
    public List<DataFile> written() {
        var files = new ArrayList<>(added);
        for (var rows : deleted) {
            if (rows instanceof RemovedRows.Written written) {
                files.add(written.positions());
            }
        }
        return List.copyOf(files);
    }
}
