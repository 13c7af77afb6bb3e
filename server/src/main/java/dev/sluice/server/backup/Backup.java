package dev.sluice.server.backup;

import dev.sluice.catalog.Housekeeping;
import dev.sluice.catalog.LiveFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies a lake as it is at one moment, while it is in use. First the catalog's store, then every file that the copy
 * names: those never change, so an earlier backup in the same folder keeps what it has. Files on the same file system
 * are linked. Nothing may delete files meanwhile.
 */
public final class Backup {
    private final Housekeeping lake;
    private final Path warehouse;

    public Backup(Housekeeping lake) {
        this.lake = lake;
        this.warehouse = lake.warehouse();
    }

    /**
     * What a backup did.
     *
     * @param files how many files it holds besides the catalog
     * @param bytes what they take
     * @param added how many of them are new there
     */
    public record Report(long files, long bytes, long added) {}

    /** Makes a backup, or brings the one in the folder up to date. */
    public Report to(Path target) {
        try {
            var folder = target.toAbsolutePath().normalize();
            require(folder);
            Files.createDirectories(folder);
            var fresh = folder.resolve(BackupFolder.CATALOG + ".new");
            BackupFolder.delete(fresh);
            var named = lake.copyStore(fresh);
            if (!named.unreadable().isEmpty()) {
                var first = named.unreadable().getFirst();
                throw BackupFolder.invalid("The lake is not whole: "
                        + first.file().kind() + " "
                        + first.file().path() + " of " + first.file().owner() + " cannot be read (" + first.reason()
                        + "); run sluice fsck");
            }
            var report = copy(named.files(), folder);
            replaceCatalog(fresh, folder);
            BackupFolder.setOrigin(folder, warehouse);
            prune(named.files(), folder);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(Path folder) throws IOException {
        if (folder.startsWith(warehouse) || warehouse.startsWith(folder)) {
            throw BackupFolder.invalid("Folder " + folder + " is part of the lake: choose one outside of it");
        }
        var origin = BackupFolder.origin(folder);
        if (origin.isEmpty() && !BackupFolder.isFree(folder) && !isBrokenOff(folder)) {
            throw BackupFolder.invalid("Folder " + folder + " is not empty, and holds no backup: choose another one");
        }
        if (origin.filter(path -> !path.equals(warehouse)).isPresent()) {
            throw BackupFolder.invalid(
                    "Folder " + folder + " holds a backup of " + origin.get() + ": choose another one");
        }
    }

    /** What a first backup leaves that did not come to its end. */
    private static boolean isBrokenOff(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.map(path -> path.getFileName().toString())
                    .allMatch(name -> name.startsWith(BackupFolder.CATALOG) || name.equals(BackupFolder.WAREHOUSE));
        }
    }

    private Report copy(List<LiveFile> files, Path folder) throws IOException {
        var bytes = 0L;
        var added = 0L;
        var store = Files.getFileStore(folder);
        var folders = new HashSet<Path>();
        for (var file : files) {
            var to = place(file, folder);
            var size = Files.size(file.path());
            if (!Files.exists(to) || Files.size(to) != size) {
                put(file.path(), to, store);
                folders.add(to.resolveSibling(".").normalize());
                added++;
            }
            bytes += size;
        }
        for (var name : List.of(".horizon", ".moved-from")) {
            if (Files.exists(warehouse.resolve(name))) {
                BackupFolder.copy(
                        warehouse.resolve(name),
                        folder.resolve(BackupFolder.WAREHOUSE).resolve(name));
            }
        }
        syncAll(folders, folder);
        return new Report(files.size(), bytes, added);
    }

    private Path place(LiveFile file, Path folder) {
        if (!file.path().startsWith(warehouse)) {
            throw BackupFolder.invalid("The " + file.kind() + " " + file.path() + " of " + file.owner()
                    + " lies outside of the warehouse " + warehouse + ", and cannot be part of a backup");
        }
        return folder.resolve(BackupFolder.WAREHOUSE).resolve(warehouse.relativize(file.path()));
    }

    private static void put(Path from, Path to, FileStore store) throws IOException {
        if (Files.getFileStore(from).equals(store)) {
            Files.createDirectories(to.resolveSibling(".").normalize());
            Files.deleteIfExists(to);
            Files.createLink(to, from);
        } else {
            BackupFolder.copy(from, to);
        }
    }

    private static void syncAll(Set<Path> folders, Path root) throws IOException {
        var all = new HashSet<Path>();
        for (var each : folders) {
            for (var path = each; path != null && path.startsWith(root) && all.add(path); path = path.getParent()) {
                BackupFolder.sync(path);
            }
        }
    }

    private static void replaceCatalog(Path fresh, Path folder) throws IOException {
        var current = folder.resolve(BackupFolder.CATALOG);
        var old = folder.resolve(BackupFolder.CATALOG + ".old");
        BackupFolder.delete(old);
        if (Files.exists(current)) {
            Files.move(current, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
        BackupFolder.sync(folder);
        BackupFolder.delete(old);
    }

    /** Deletes what an earlier backup had and this one does not name. */
    private void prune(List<LiveFile> files, Path folder) throws IOException {
        var kept = new HashSet<Path>();
        files.forEach(file -> kept.add(place(file, folder)));
        var root = folder.resolve(BackupFolder.WAREHOUSE);
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                if (!kept.contains(path) && root.relativize(path).getNameCount() > 1) {
                    Files.delete(path);
                }
            }
        }
    }
}
