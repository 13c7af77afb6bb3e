package dev.sluice.s3;

import dev.sluice.core.RemoteFiles.Part;
import dev.sluice.core.RemoteFiles.Range;
import dev.sluice.core.Scope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One time that parts of objects are brought to their files. Objects are locked in the order of their paths, so that
 * two who want the same do not wait for each other. Confined to one thread.
 */
final class Fetching {
    /** Large enough that a request's own time does not count, small enough that many go on at once. */
    private static final long REQUEST = 8L << 20;

    /** Less than this between two parts is fetched with them. */
    private static final long GAP = 64L << 10;

    private static final long LOOK_MILLIS = 100;

    private final S3Store store;
    private final ObjectFolder folder;
    private final Index objects;
    private final Runnable check;

    Fetching(S3Store store, ObjectFolder folder, Index objects, Runnable check) {
        this.store = store;
        this.folder = folder;
        this.objects = objects;
        this.check = check;
    }

    /** What is known of objects. */
    interface Index {
        OptionalLong length(Path file);

        CachedObject load(Path file, long length) throws IOException;
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    void run(List<Part> parts) throws IOException {
        var wanted = new TreeMap<Path, Part>();
        parts.forEach(part -> wanted.merge(part.file(), part, Fetching::both));
        var lengths = lengths(wanted);
        try (var scope = Scope.open()) {
            var requests = new ArrayList<S3Store.Part>();
            var coming = new LinkedHashMap<CachedObject, List<Range>>();
            for (var part : wanted.values()) {
                var object = objects.load(part.file(), Objects.requireNonNull(lengths.get(part.file())));
                acquire(object);
                scope.own(object.lock()::unlock);
                var missing = joined(object.missing(part.ranges()));
                if (!missing.isEmpty()) {
                    coming.put(object, missing);
                    var channel = scope.own(FileChannel.open(object.file(), StandardOpenOption.WRITE));
                    missing.forEach(range -> addRequests(object, range, channel, requests));
                }
            }
            try {
                store.read(requests, check);
            } catch (RuntimeException e) {
                giveUp(coming.keySet(), e);
                throw e;
            }
            for (var object : coming.entrySet()) {
                object.getKey().filled(object.getValue());
            }
        }
    }

    private static void giveUp(Set<CachedObject> objects, RuntimeException cause) {
        for (var object : objects) {
            try {
                object.giveUp();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static Part both(Part one, Part other) {
        var ranges = new ArrayList<>(one.ranges());
        ranges.addAll(other.ranges());
        var length = one.length().isPresent() ? one.length() : other.length();
        var isAll = one.ranges().isEmpty() || other.ranges().isEmpty();
        return new Part(one.file(), length, isAll ? List.of() : ranges);
    }

    private Map<Path, Long> lengths(Map<Path, Part> wanted) {
        var lengths = new LinkedHashMap<Path, Long>();
        var unknown = new LinkedHashMap<S3Uri, Path>();
        for (var part : wanted.values()) {
            var known = part.length().isPresent() ? part.length() : objects.length(part.file());
            if (known.isPresent()) {
                lengths.put(part.file(), known.getAsLong());
            } else {
                unknown.put(folder.uri(part.file()).orElseThrow(), part.file());
            }
        }
        store.load(List.copyOf(unknown.keySet()), check)
                .forEach(object -> lengths.put(Objects.requireNonNull(unknown.get(object.uri())), object.bytes()));
        return lengths;
    }

    private void acquire(CachedObject object) {
        try {
            while (!object.lock().tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                check.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw S3Failures.cancelled().exception();
        }
    }

    private static List<Range> joined(List<Range> ranges) {
        var joined = new ArrayList<Range>();
        for (var range : ranges) {
            if (!joined.isEmpty() && range.from() - joined.getLast().to() < GAP) {
                joined.add(new Range(joined.removeLast().from(), range.to()));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    private void addRequests(CachedObject object, Range range, FileChannel target, List<S3Store.Part> requests) {
        var uri = folder.uri(object.file()).orElseThrow();
        for (var from = range.from(); from < range.to(); from += REQUEST) {
            requests.add(new S3Store.Part(uri, "", from, Math.min(REQUEST, range.to() - from), target));
        }
    }
}
