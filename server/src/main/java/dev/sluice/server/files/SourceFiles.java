package dev.sluice.server.files;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.s3.S3Store;
import dev.sluice.s3.S3Uri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of every place that COPY INTO can read. Thread-safe. */
public final class SourceFiles {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");

    private final LocalFiles local;
    private final S3Files objects;

    /** @param store stays the caller's */
    public SourceFiles(FileConfig config, S3Store store) {
        this.local = new LocalFiles(config);
        this.objects = new S3Files(config, store);
    }

    /** The files that a path, folder, glob or URI names, in order; {@code FILE_NOT_FOUND} where there are none. */
    public List<FoundFile> find(String source) {
        return place(source).find(source);
    }

    /** The same files, cut into those that are fetched together: what is on the disk at once is bounded. */
    public List<List<FoundFile>> portions(List<FoundFile> files) {
        return files.isEmpty() ? List.of() : place(files.getFirst().name()).portions(files);
    }

    /**
     * Brings one portion to the server's disk, until it is closed.
     *
     * @param check is called now and then, by any thread; fails to end this
     */
    @MustBeClosed
    public Fetched fetch(List<FoundFile> portion, Runnable check) {
        return place(portion.getFirst().name()).fetch(portion, check);
    }

    private FilePlace place(String name) {
        var scheme = SCHEME.matcher(name);
        if (!scheme.matches() || scheme.group(1).toLowerCase(Locale.ROOT).equals("file")) {
            return local;
        }
        if (S3Uri.isOne(name)) {
            return objects;
        }
        throw new Failure.Invalid(
                        Code.UNSUPPORTED,
                        "'" + name + "' cannot be read: a path of the server's disk can, and so can s3://bucket/key",
                        Optional.empty())
                .exception();
    }
}
