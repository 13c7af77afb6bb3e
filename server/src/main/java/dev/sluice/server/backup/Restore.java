package dev.sluice.server.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;

/** Makes a data folder of a backup: copies all, so that neither can harm the other. */
public final class Restore {
    private Restore() {}

    /** Copies a backup to a folder that is new or empty; gives how many files it has. */
    public static long run(Path backup, Path data) {
        try {
            var source = backup.toAbsolutePath().normalize();
            var target = data.toAbsolutePath().normalize();
            var origin = BackupFolder.origin(source)
                    .orElseThrow(() -> BackupFolder.invalid("Folder " + source + " holds no whole backup"));
            if (!BackupFolder.isFree(target)) {
                throw BackupFolder.invalid(
                        "Folder " + target + " is not empty: restore into a new one, so that nothing is lost");
            }
            Files.createDirectories(target);
            var copied = copyAll(source.resolve(BackupFolder.WAREHOUSE), target.resolve(BackupFolder.WAREHOUSE));
            tellOrigin(origin, target.resolve(BackupFolder.WAREHOUSE));
            // the catalog last: a folder without one is no lake
            copied += copyAll(source.resolve(BackupFolder.CATALOG), target.resolve(BackupFolder.CATALOG));
            BackupFolder.sync(target);
            return copied;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long copyAll(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        var copied = 0L;
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                if (Files.isRegularFile(path)) {
                    BackupFolder.copy(path, to.resolve(from.relativize(path)));
                    copied++;
                }
            }
        }
        try (var folders = Files.walk(to)) {
            for (var folder : folders.filter(Files::isDirectory).toList()) {
                BackupFolder.sync(folder);
            }
        }
        return copied;
    }

    /** Metadata names files by whole paths: the catalog looks those up here. */
    private static void tellOrigin(Path origin, Path warehouse) throws IOException {
        var file = warehouse.resolve(".moved-from");
        var former = new LinkedHashSet<String>();
        former.add(origin.toString());
        if (Files.exists(file)) {
            former.addAll(Files.readAllLines(file));
        }
        former.remove(warehouse.toString());
        if (former.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, String.join("\n", former) + "\n", StandardCharsets.UTF_8);
            BackupFolder.sync(file);
        }
    }
}
