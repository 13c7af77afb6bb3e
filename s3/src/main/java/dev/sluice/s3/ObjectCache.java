package dev.sluice.s3;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Code;
import dev.sluice.core.DurableFolders;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.RemoteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of S3 that never change, or parts of them, in files of the server's disk. It keeps to its size by deleting
 * the files that were used the longest time ago; those that a statement holds stay, even where they take more.
 * Thread-safe.
 */
public final class ObjectCache implements RemoteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectCache.class);
    private static final String INDEXES = ".filled";

    private final S3Store store;
    private final ObjectFolder folder;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();

    /** The longest unused comes first. */
    @GuardedBy("lock")
    private final Map<Path, CachedObject> objects = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("lock")
    private final Map<Path, Integer> holders = new HashMap<>();

    private ObjectCache(S3Store store, ObjectFolder folder, long maxBytes) {
        this.store = store;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * The cache in a folder, with what an earlier process left there.
     *
     * @param store stays the caller's
     */
    public static ObjectCache open(S3Store store, Path root, long maxBytes) {
        try {
            DurableFolders.create(root);
            var cache = new ObjectCache(store, new ObjectFolder(root), maxBytes);
            cache.load();
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where objects have their places. */
    public ObjectFolder folder() {
        return folder;
    }

    public S3Store store() {
        return store;
    }

    private void load() throws IOException {
        var indexes = Files.createDirectories(folder.root().resolve(INDEXES));
        for (var index : filesBelow(indexes)) {
            var file = folder.root().resolve(indexes.relativize(index));
            try {
                put(file, CachedObject.read(file, index));
            } catch (IOException e) {
                // what a crash left half done
                Files.deleteIfExists(index);
            }
        }
        for (var file : filesBelow(folder.root())) {
            if (!file.startsWith(indexes) && !isKnown(file)) {
                Files.delete(file);
            }
        }
        evict();
    }

    /** The longest unused come first. */
    private static List<Path> filesBelow(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .toList();
        }
    }

    private Path index(Path file) {
        return folder.root().resolve(INDEXES).resolve(folder.root().relativize(file));
    }

    private boolean isKnown(Path file) {
        lock.lock();
        try {
            return objects.containsKey(file);
        } finally {
            lock.unlock();
        }
    }

    private void put(Path file, CachedObject object) {
        lock.lock();
        try {
            objects.put(file, object);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes files that were written at their objects' places be those objects.
     *
     * @param files each is whole and will not change; where this fails, none of them has become an object
     */
    public void publish(Collection<Path> files) {
        var remote = files.stream().filter(file -> folder.uri(file).isPresent()).toList();
        try {
            store.write(remote.stream()
                    .map(file -> new S3Store.Upload(file, folder.uri(file).orElseThrow()))
                    .toList());
            for (var file : remote) {
                put(file, CachedObject.whole(file, index(file)));
            }
            evict();
        } catch (IOException e) {
            withdraw(remote);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            withdraw(remote);
            throw e;
        }
    }

    /** Deletes objects that nothing names, with their files; what cannot be deleted stays for a later clean-up. */
    public void withdraw(Collection<Path> files) {
        for (var file : files) {
            folder.uri(file).ifPresent(uri -> {
                forget(file);
                try {
                    store.delete(uri);
                } catch (FailureException e) {
                    LOG.warn("An object that nothing names could not be deleted: {}", uri, e);
                }
            });
        }
    }

    /** Takes what is on the disk of an object away, because it is no more. */
    public void forget(Path file) {
        lock.lock();
        try {
            var object = objects.remove(file);
            if (object != null) {
                object.delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** How much of the disk the objects take. */
    public long bytes() {
        lock.lock();
        try {
            return objects.values().stream().mapToLong(CachedObject::bytes).sum();
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        lock.lock();
        try {
            var bytes = objects.values().stream().mapToLong(CachedObject::bytes).sum();
            var eldest = objects.entrySet().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                var object = eldest.next();
                if (!holders.containsKey(object.getKey())) {
                    bytes -= object.getValue().bytes();
                    object.getValue().delete();
                    eldest.remove();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    @MustBeClosed
    public Lease lease(Runnable check) {
        return new Held(check);
    }

    private final class Held implements Lease {
        private final Runnable check;
        private final Set<Path> files = new HashSet<>();

        Held(Runnable check) {
            this.check = check;
        }

        @Override
        public boolean isRemote(Path file) {
            return folder.uri(file).isPresent();
        }

        @Override
        public void fetch(List<Part> parts) {
            var wanted = parts.stream().filter(part -> isRemote(part.file())).toList();
            if (wanted.isEmpty()) {
                return;
            }
            wanted.forEach(part -> hold(part.file()));
            try {
                new Fetching(store, folder, new Known(), check).run(wanted);
            } catch (IOException e) {
                var full = new Failure.Exhausted(
                        Code.OUT_OF_DISK, "What comes from S3 cannot be kept on the server's disk: " + e.getMessage());
                throw new FailureException(full, e);
            }
            evict();
        }

        private void hold(Path file) {
            if (files.add(file)) {
                lock.lock();
                try {
                    holders.merge(file, 1, Integer::sum);
                } finally {
                    lock.unlock();
                }
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                files.forEach(file -> holders.computeIfPresent(file, (_, count) -> count == 1 ? null : count - 1));
            } finally {
                lock.unlock();
            }
            files.clear();
            evict();
        }
    }

    private final class Known implements Fetching.Index {
        @Override
        public OptionalLong length(Path file) {
            lock.lock();
            try {
                var known = objects.get(file);
                return known == null ? OptionalLong.empty() : OptionalLong.of(known.length());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public CachedObject load(Path file, long length) throws IOException {
            lock.lock();
            try {
                var known = objects.get(file);
                if (known == null) {
                    known = CachedObject.empty(file, index(file), length);
                    objects.put(file, known);
                }
                return known;
            } finally {
                lock.unlock();
            }
        }
    }
}
