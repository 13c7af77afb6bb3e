package dev.sluice.packages;

import dev.sluice.core.LockedJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Jars by their content. A file is hashed as it is copied in, and takes its place by one rename once it is on the disk:
 * what has a name here is whole, and is not hashed again. Thread-safe, as are two servers' stores on one folder.
 */
final class JarStore {
    private static final String SUFFIX = ".jar";
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    JarStore(Path folder) {
        this.folder = folder;
    }

    LockedJar insert(String name, Path source) {
        try {
            Files.createDirectories(folder);
            var arriving = Files.createTempFile(folder, "arriving", ".tmp");
            try {
                var sha256 = copy(source, arriving);
                var place = place(sha256);
                if (!Files.exists(place)) {
                    Files.createDirectories(place.getParent());
                    Files.move(arriving, place, StandardCopyOption.ATOMIC_MOVE);
                }
                return new LockedJar(name, sha256, Files.size(place));
            } finally {
                Files.deleteIfExists(arriving);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not keep " + name + " in " + folder, e);
        }
    }

    private static String copy(Path source, Path target) throws IOException {
        var digest = sha256();
        try (var in = FileChannel.open(source, StandardOpenOption.READ);
                var out = FileChannel.open(target, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(BUFFER);
            while (in.read(buffer) >= 0) {
                buffer.flip();
                digest.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Where a jar lies; empty where it is not. */
    Optional<Path> find(String sha256) {
        return Optional.of(place(sha256)).filter(Files::exists);
    }

    boolean has(String sha256) {
        return find(sha256).isPresent();
    }

    private Path place(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + SUFFIX);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
