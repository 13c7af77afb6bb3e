package dev.sluice.packages;

import dev.sluice.core.LockedJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a list of packages was resolved to, so that it is resolved once: exact versions do not change. A line for each
 * jar: its hash, its size, its name. Thread-safe.
 */
final class LockFiles {
    private static final String SUFFIX = ".lock";

    private final Path folder;
    private final Map<List<Coordinates>, List<LockedJar>> known = new ConcurrentHashMap<>();

    LockFiles(Path folder) {
        this.folder = folder;
    }

    Optional<List<LockedJar>> find(List<Coordinates> packages) {
        var lock = known.get(packages);
        if (lock != null) {
            return Optional.of(lock);
        }
        var found = read(place(packages));
        found.ifPresent(jars -> known.put(packages, jars));
        return found;
    }

    private static Optional<List<LockedJar>> read(Path file) {
        try {
            return Optional.of(Files.readAllLines(file).stream()
                    .map(line -> line.split(" ", 3))
                    .map(words -> new LockedJar(words[2], words[0], Long.parseLong(words[1])))
                    .toList());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    void put(List<Coordinates> packages, List<LockedJar> jars) {
        var text = jars.stream()
                .map(jar -> jar.sha256() + " " + jar.bytes() + " " + jar.name() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(folder);
            var arriving = folder.resolve(UUID.randomUUID() + ".tmp");
            Files.writeString(arriving, text);
            Files.move(arriving, place(packages), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to " + folder, e);
        }
        known.put(packages, jars);
    }

    private Path place(List<Coordinates> packages) {
        var name = packages.stream().map(Coordinates::toString).collect(Collectors.joining("\n"));
        return folder.resolve(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }
}
