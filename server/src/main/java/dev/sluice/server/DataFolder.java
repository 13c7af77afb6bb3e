package dev.sluice.server;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.DurableFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's folder, held by a lock so that no second server opens it. */
final class DataFolder implements AutoCloseable {
    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder where it is missing, locks it, and removes what a server that was killed left in {@code temp}.
     */
    @MustBeClosed
    static DataFolder open(Path folder, Path temp) {
        var channel = lock(folder);
        try {
            deleteTree(temp);
            Files.createDirectories(temp);
            return new DataFolder(channel);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static FileChannel lock(Path folder) {
        try {
            DurableFolders.create(folder);
            var channel = FileChannel.open(
                    folder.resolve("sluice.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new ConfigException(List.of("Data folder " + folder
                        + " is in use by another server: stop that one, or choose another folder"));
            }
            return channel;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static ConfigException unusable(Path folder, IOException e) {
        return new ConfigException(List.of("Data folder " + folder + " cannot be written: " + e));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
