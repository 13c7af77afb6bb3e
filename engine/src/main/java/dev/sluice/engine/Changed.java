package dev.sluice.engine;

import dev.sluice.core.DataFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What an update or a delete did to a table's files.
 *
 * @param rows how many rows were changed
 * @param removed files that others replace
 * @param added the files that replace them
 */
public record Changed(long rows, List<Path> removed, List<DataFile> added) {
    public Changed {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }
}
