package dev.sluice.server.files;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/** Found files on the server's disk, for as long as this is open. Confined to one thread. */
public final class Fetched implements AutoCloseable {
    private final SequencedMap<Path, FoundFile> files;
    private final Runnable end;

    /** @param end deletes what was copied for this */
    Fetched(SequencedMap<Path, FoundFile> files, Runnable end) {
        this.files = files;
        this.end = end;
    }

    /** Where the files are, in the order in which they were found. */
    public List<Path> paths() {
        return List.copyOf(files.sequencedKeySet());
    }

    /** What is on the disk under the path. */
    public FoundFile at(Path path) {
        var file = files.get(path);
        if (file == null) {
            throw new IllegalArgumentException("Not fetched: " + path);
        }
        return file;
    }

    /** A text that speaks of the files by their own names. */
    public String named(String text) {
        var named = text;
        for (var file : files.entrySet()) {
            named = named.replace(file.getKey().toString(), file.getValue().name());
        }
        return named;
    }

    @Override
    public void close() {
        end.run();
    }
}
