package dev.sluice.engine;

import dev.sluice.core.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes folders away. */
final class Folders {
    private Folders() {}

    /** Deletes a folder of files, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Deletes the folders of files that were written for nothing. */
    static void discard(List<DataFile> written) {
        for (var file : written) {
            try {
                delete(file.path().resolveSibling(".").normalize());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The same, after a failure. */
    static void discard(List<DataFile> written, Exception cause) {
        for (var file : written) {
            try {
                delete(file.path().resolveSibling(".").normalize());
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
