package dev.sluice.packages;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.LockedJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The jars of functions: found by Maven when a function is made, never later. Thread-safe. */
public final class Packages implements AutoCloseable {
    private final PackagesConfig config;
    private final JarStore store;
    private final LockFiles locks;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable MavenResolver resolver; // a third of a second to make: when first asked

    private Packages(PackagesConfig config, JarStore store, LockFiles locks) {
        this.config = config;
        this.store = store;
        this.locks = locks;
    }

    @MustBeClosed
    public static Packages open(PackagesConfig config) {
        var folder = config.folder();
        return new Packages(config, new JarStore(folder.resolve("sha256")), new LockFiles(folder.resolve("locks")));
    }

    /**
     * The packages and all that they need, which are in the cache from now on. May download.
     *
     * @param packages {@code group:artifact:version} each
     * @throws dev.sluice.core.FailureException if one is named wrong or cannot be had
     */
    public List<LockedJar> resolve(List<String> packages) {
        var wanted = packages.stream().map(Coordinates::parse).distinct().toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        var known = locks.find(wanted).filter(jars -> jars.stream().allMatch(jar -> store.has(jar.sha256())));
        return known.orElseGet(() -> download(wanted));
    }

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    private List<LockedJar> download(List<Coordinates> wanted) {
        lock.lock(); // one at a time: a second one often wants the same
        try {
            if (resolver == null) {
                resolver = MavenResolver.open(config);
            }
            var jars = resolver.resolve(wanted).stream()
                    .map(found -> store.insert(found.coordinates(), found.file()))
                    .toList();
            locks.put(wanted, jars);
            return jars;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where a jar of a function's lock lies. Never asks a registry.
     *
     * @throws dev.sluice.core.FailureException if it is not in the cache
     */
    public Path find(LockedJar jar) {
        return store.find(jar.sha256())
                .orElseThrow(() -> new Failure.NotFound(
                                Code.FILE_NOT_FOUND,
                                "Package '" + jar.name() + "' (SHA-256 "
                                        + jar.sha256().substring(0, 12)
                                        + "…) is no longer in the server's cache: CREATE OR REPLACE the function to fetch it again",
                                Optional.empty())
                        .exception());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (resolver != null) {
                resolver.close();
                resolver = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
