package dev.sluice.udf.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.LockedJar;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One loader for each set of jars, as long as a function lives that was made with it. Thread-safe. */
final class Libraries {
    private final JarSource jars;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<List<String>, WeakReference<LibraryLoader>> loaders = new HashMap<>();

    Libraries(JarSource jars) {
        this.jars = jars;
    }

    /** Empty for no jars. */
    Optional<LibraryLoader> of(List<LockedJar> locked) {
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        var digests = locked.stream().map(LockedJar::sha256).toList();
        lock.lock();
        try {
            loaders.values().removeIf(loader -> loader.get() == null);
            var known = Optional.ofNullable(loaders.get(digests)).map(WeakReference::get);
            if (known.isPresent()) {
                return known;
            }
            var loader = new LibraryLoader(locked.stream()
                    .map(jar -> LibraryJar.open(jar, jars.find(jar)))
                    .toList());
            loaders.put(digests, new WeakReference<>(loader));
            return Optional.of(loader);
        } finally {
            lock.unlock();
        }
    }

    /** Functions that are loaded from now on get a fresh loader: something stopped in the midst of this one's code. */
    void forget(LibraryLoader loader) {
        lock.lock();
        try {
            loaders.values().removeIf(known -> known.get() == loader);
        } finally {
            lock.unlock();
        }
    }
}
