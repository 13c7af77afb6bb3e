package dev.sluice.engine;

import dev.sluice.core.DataFile;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an import has made of its files.
 *
 * @param files the table's new files
 * @param rejected the files that were not read in full
 */
public record Imported(List<DataFile> files, List<Rejected> rejected) {
    public Imported {
        files = List.copyOf(files);
        rejected = List.copyOf(rejected);
    }

    /**
     * A file that was not read in full.
     *
     * @param rows how many of its rows were left out; absent where nothing of it was taken
     * @param error why the first of them was
     */
    public record Rejected(Path file, OptionalLong rows, String error) {}
}
