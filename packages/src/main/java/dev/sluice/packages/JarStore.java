package dev.sluice.packages;

import dev.sluice.core.LockedJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Jars by their content. A file is hashed as it is copied in, and takes its place by one rename once it is on the disk:
 * what has a name here is whole, and is not hashed again. Thread-safe, as are two servers' stores on one folder.
 */
final class JarStore {
    private static final String SUFFIX = ".jar";
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final InstantSource clock;

    JarStore(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** A jar in the store; {@code used} is when a function last asked for it. */
    record Stored(String sha256, long bytes, Instant used) {}

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

    /** Where a jar lies, which counts as used now. */
    Optional<Path> find(String sha256) {
        var place = place(sha256);
        try {
            Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
            return Optional.of(place);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + place, e);
        }
    }

    boolean has(String sha256) {
        return Files.exists(place(sha256));
    }

    List<Stored> all() {
        var all = new ArrayList<Stored>();
        try (var files = Files.walk(folder)) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(SUFFIX))::iterator) {
                var name = file.getFileName().toString();
                all.add(new Stored(
                        name.substring(0, name.length() - SUFFIX.length()),
                        Files.size(file),
                        Files.getLastModifiedTime(file).toInstant()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + folder, e);
        }
        return List.copyOf(all);
    }

    /** Deletes the longest unused until the rest fits into {@code limit} bytes; {@code needed} stay in any case. */
    void shrink(long limit, Set<String> needed) {
        var all = all();
        var bytes = all.stream().mapToLong(Stored::bytes).sum();
        for (var stored :
                all.stream().sorted(Comparator.comparing(Stored::used)).toList()) {
            if (bytes <= limit) {
                return;
            }
            if (!needed.contains(stored.sha256())) {
                try {
                    Files.deleteIfExists(place(stored.sha256()));
                } catch (IOException e) {
                    throw new UncheckedIOException("Could not delete from " + folder, e);
                }
                bytes -= stored.bytes();
            }
        }
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
