package dev.sluice.server.files;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Scope;
import dev.sluice.s3.S3Store;
import dev.sluice.s3.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Copies objects into a folder of their own, part by part. */
final class CopiedFiles {
    /** Large enough that a request's own time does not count, small enough that many go on at once. */
    private static final long PART = 8L << 20;

    private static final int MAX_NAME = 100;

    private CopiedFiles() {}

    /** @param temp has the folder; what a server that was killed left in it goes when the next one starts */
    @MustBeClosed
    static Fetched of(List<FoundFile> files, S3Store store, Path temp, Runnable check) {
        try {
            var folder = Files.createTempDirectory(temp, "s3-");
            try {
                return new Fetched(copy(files, store, folder, check), () -> delete(folder));
            } catch (IOException | RuntimeException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    private static SequencedMap<Path, FoundFile> copy(List<FoundFile> files, S3Store store, Path folder, Runnable check)
            throws IOException {
        var paths = new LinkedHashMap<Path, FoundFile>();
        var parts = new ArrayList<S3Store.Part>();
        try (var scope = Scope.open()) {
            for (var file : files) {
                var path = folder.resolve(paths.size() + "-" + shortName(file));
                paths.put(path, file);
                var channel =
                        scope.own(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                var uri = S3Uri.of(file.name());
                for (var offset = 0L; offset < file.bytes(); offset += PART) {
                    parts.add(new S3Store.Part(
                            uri, file.version(), offset, Math.min(PART, file.bytes() - offset), channel));
                }
            }
            store.read(parts, check);
        }
        return paths;
    }

    /** The end of its name, by which a reader may tell how it is compressed. */
    private static String shortName(FoundFile file) {
        var name = file.name().substring(file.name().lastIndexOf('/') + 1);
        return name.substring(Math.max(0, name.length() - MAX_NAME));
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
