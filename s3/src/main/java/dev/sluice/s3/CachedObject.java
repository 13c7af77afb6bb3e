package dev.sluice.s3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.RemoteFiles.Range;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The parts of one object that are on the disk: a file of the object's length with holes, and an index of what is no
 * hole, written after what it tells of has been forced to the disk. Thread-safe.
 */
final class CachedObject {
    private static final String LENGTH = "length ";

    private final Path file;
    private final Path index;
    private final long length;

    /** Held while parts are fetched, so that nobody fetches them twice. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Ranges filled = new Ranges();

    private volatile long bytes;

    private CachedObject(Path file, Path index, long length) {
        this.file = file;
        this.index = index;
        this.length = length;
    }

    /** A file that is nothing but a hole. */
    static CachedObject empty(Path file, Path index, long length) throws IOException {
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.createDirectories(index.resolveSibling(".").normalize());
        try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(length);
        }
        return new CachedObject(file, index, length);
    }

    /** A file that is all there. */
    static CachedObject whole(Path file, Path index) throws IOException {
        Files.createDirectories(index.resolveSibling(".").normalize());
        var object = new CachedObject(file, index, Files.size(file));
        object.filled(object.length == 0 ? List.of() : List.of(new Range(0, object.length)));
        return object;
    }

    /** What an index tells of a file; fails where they do not fit. */
    static CachedObject read(Path file, Path index) throws IOException {
        var lines = Files.readAllLines(index);
        if (lines.isEmpty() || !lines.getFirst().startsWith(LENGTH)) {
            throw new IOException(index + " is no index");
        }
        try {
            var object = new CachedObject(
                    file, index, Long.parseLong(lines.getFirst().substring(LENGTH.length())));
            if (Files.size(file) != object.length) {
                throw new IOException(file + " has not the length that " + index + " tells");
            }
            object.lock.lock();
            try {
                for (var line : lines.subList(1, lines.size())) {
                    var dash = line.indexOf('-');
                    object.filled.add(new Range(
                            Long.parseLong(line.substring(0, dash)), Long.parseLong(line.substring(dash + 1))));
                }
                object.bytes = object.filled.size();
            } finally {
                object.lock.unlock();
            }
            return object;
        } catch (RuntimeException e) {
            throw new IOException(index + " is damaged", e);
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    Path file() {
        return file;
    }

    long length() {
        return length;
    }

    /** What is not there of the ranges; of the whole object, where there are none. */
    List<Range> missing(List<Range> ranges) {
        if (length == 0) {
            return List.of();
        }
        var wanted = new Ranges();
        (ranges.isEmpty() ? List.of(new Range(0, length)) : ranges).forEach(wanted::add);
        lock.lock();
        try {
            var missing = new ArrayList<Range>();
            for (var range : wanted.all()) {
                missing.addAll(filled.missing(range));
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** Makes it last that parts have come. */
    void filled(List<Range> ranges) throws IOException {
        lock.lock();
        try {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            for (var range : ranges) {
                filled.add(range);
            }
            var lines = new ArrayList<String>();
            lines.add(LENGTH + length);
            for (var range : filled.all()) {
                lines.add(range.from() + "-" + range.to());
            }
            var draft = index.resolveSibling(index.getFileName() + ".new");
            Files.write(draft, lines);
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            bytes = filled.size();
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the disk that parts have taken which never came to be; what was filled before stays. */
    void giveUp() throws IOException {
        lock.lock();
        try {
            if (bytes == 0) {
                try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
                    hole.setLength(0);
                    hole.setLength(length);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How much of the disk it takes. */
    long bytes() {
        return bytes;
    }

    /** The index goes first: a file without one is nobody's. */
    void delete() throws IOException {
        Files.deleteIfExists(index);
        Files.deleteIfExists(file);
    }
}
