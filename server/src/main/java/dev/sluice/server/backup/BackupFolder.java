package dev.sluice.server.backup;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;

/** The shape of a backup: {@code catalog}, {@code warehouse}, and a file that tells where it is from. */
final class BackupFolder {
    static final String CATALOG = "catalog";
    static final String WAREHOUSE = "warehouse";

    private static final String ABOUT = "backup.properties";
    private static final String ORIGIN = "warehouse";

    private BackupFolder() {}

    /** The path of the warehouse that was backed up; empty where the folder holds no whole backup. */
    static Optional<Path> origin(Path folder) throws IOException {
        var file = folder.resolve(ABOUT);
        if (!Files.exists(file) || !Files.isDirectory(folder.resolve(CATALOG))) {
            return Optional.empty();
        }
        var about = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            about.load(reader);
        }
        return Optional.ofNullable(about.getProperty(ORIGIN)).map(Path::of);
    }

    /** Says that the folder is a backup; on disk when this returns. */
    static void setOrigin(Path folder, Path warehouse) throws IOException {
        var about = new Properties();
        about.setProperty(ORIGIN, warehouse.toString());
        var draft = folder.resolve(ABOUT + ".tmp");
        try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            about.store(writer, "A backup of a Sluice lake: ./sluice restore makes a data folder of it");
        }
        sync(draft);
        Files.move(draft, folder.resolve(ABOUT), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** Copies a file; it appears under its name whole and on disk, or not at all. */
    static void copy(Path from, Path to) throws IOException {
        var folder = to.resolveSibling(".").normalize();
        Files.createDirectories(folder);
        var draft = to.resolveSibling("." + to.getFileName() + ".tmp");
        Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
        sync(draft);
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forces a file, or the names in a folder, to the disk. */
    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Whether a folder is missing, or has nothing in it. */
    static boolean isFree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    static FailureException invalid(String message) {
        return new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty()).exception();
    }
}
