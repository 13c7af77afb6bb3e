package dev.sluice.core;

import com.google.errorprone.annotations.MustBeClosed;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Files whose home is not the server's disk: what is read of them is brought to a file there first, under the path by
 * which everyone names them. They never change. Thread-safe.
 */
public interface RemoteFiles {
    /** All files are at home on the disk. */
    RemoteFiles NONE = _ -> new Lease() {
        @Override
        public boolean isRemote(Path file) {
            return false;
        }

        @Override
        public void fetch(List<Part> parts) {}

        @Override
        public void close() {}
    };

    /**
     * Holds what is fetched through it on the disk until it is closed.
     *
     * @param check is called now and then, by any thread; fails to end a transfer
     */
    @MustBeClosed
    Lease lease(Runnable check);

    /** What one statement has fetched. Confined to one thread. */
    interface Lease extends AutoCloseable {
        boolean isRemote(Path file);

        /** Brings what is missing of the parts; those of files that are at home here are passed over. */
        void fetch(List<Part> parts);

        @Override
        void close();
    }

    /**
     * What is wanted of a file.
     *
     * @param length of the whole file, where it is known
     * @param ranges parts of it; none for all of it
     */
    record Part(Path file, OptionalLong length, List<Range> ranges) {
        public Part {
            ranges = List.copyOf(ranges);
        }

        /** A whole file. */
        public static Part all(Path file) {
            return new Part(file, OptionalLong.empty(), List.of());
        }
    }

    /** Bytes from the first place up to, but without, the second. */
    record Range(long from, long to) {
        public Range {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("Not a range: " + from + " to " + to);
            }
        }
    }
}
