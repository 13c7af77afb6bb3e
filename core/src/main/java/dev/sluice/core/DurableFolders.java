package dev.sluice.core;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;

/** Folders whose names outlive the loss of power: a name is in the folder above, which must be forced to the disk. */
public final class DurableFolders {
    private DurableFolders() {}

    /** Makes a folder with all above it that are missing; the names of those are on the disk when this returns. */
    public static void create(Path folder) throws IOException {
        var missing = new ArrayDeque<Path>();
        var path = folder.toAbsolutePath().normalize();
        while (path != null && !Files.isDirectory(path)) {
            missing.push(path);
            path = path.getParent();
        }
        for (var each : missing) {
            try {
                Files.createDirectory(each);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each)) {
                    throw e;
                }
            }
            sync(each.resolveSibling(".").normalize());
        }
    }

    /** Forces the names in a folder to the disk. */
    public static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
