package dev.sluice.server.files;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.util.List;
import java.util.Optional;

/** One kind of place that has files. Thread-safe. */
interface FilePlace {
    int MAX_FILES = 100_000;

    /** The files that a path, folder or glob names, in order; {@code FILE_NOT_FOUND} where there are none. */
    List<FoundFile> find(String source);

    /** The same files, cut into those that are fetched together. */
    List<List<FoundFile>> portions(List<FoundFile> files);

    /**
     * Brings files to the server's disk, where they are not there already.
     *
     * @param check is called now and then, by any thread; fails to end this
     */
    @MustBeClosed
    Fetched fetch(List<FoundFile> files, Runnable check);

    /** Whether a file or folder of this name is no data, by everyone's habit: {@code _SUCCESS}, {@code .part.crc}. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Fails where a source names more files than one statement may read. */
    static void requireFew(int files, String source) {
        if (files > MAX_FILES) {
            throw new Failure.Invalid(
                            Code.LIMIT_EXCEEDED,
                            "'" + source + "' names more than " + MAX_FILES + " files: import them in parts",
                            Optional.empty())
                    .exception();
        }
    }
}
