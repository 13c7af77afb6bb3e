package dev.sluice.udf.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Warm compilers: one for functions without packages, one for each set of jars in use, and a spare. A compiler keeps
 * the classes that it has seen, so that it cannot go from one set to another; a spare has seen those of the JDK alone,
 * and takes any set. Thread-safe.
 */
final class Compilers implements AutoCloseable {
    private static final int KEPT_SETS = 32;
    private static final int SPARES = 2;

    private final SourceCompiler plain = SourceCompiler.open();
    private final Cache<List<String>, SourceCompiler> sets = Caffeine.newBuilder()
            .maximumSize(KEPT_SETS)
            .executor(Runnable::run)
            .<List<String>, SourceCompiler>evictionListener((_, compiler, _) -> {
                if (compiler != null) {
                    compiler.close();
                }
            })
            .build();
    private final ExecutorService warming = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("spare-compilers").daemon().factory());
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Deque<SourceCompiler> spares = new ArrayDeque<>();

    private volatile Optional<UdfSource> warm = Optional.empty();

    private Compilers() {}

    @MustBeClosed
    static Compilers open() {
        return new Compilers();
    }

    /** @throws dev.sluice.core.FailureException for the first error, with its position in {@code body} */
    CompiledSource compile(UdfSource source, Optional<LibraryLoader> libraries) {
        while (true) {
            var compiled = libraries.isEmpty()
                    ? plain.compile(source.name(), source.body())
                    : of(libraries.get()).compile(source.name(), source.body());
            if (compiled.isPresent()) {
                return compiled.get();
            } // closed between being found and being used: others came into use
        }
    }

    private SourceCompiler of(LibraryLoader libraries) {
        return sets.get(libraries.digests(), _ -> {
            var compiler = spare();
            compiler.use(libraries.classPath());
            warming.execute(this::refill);
            return compiler;
        });
    }

    private SourceCompiler spare() {
        lock.lock();
        try {
            return Optional.ofNullable(spares.poll()).orElseGet(SourceCompiler::open);
        } finally {
            lock.unlock();
        }
    }

    /** Compiles {@code source} with each spare, for what this loads of the JDK. */
    void warmUp(UdfSource source) {
        warm = Optional.of(source);
        compile(source, Optional.empty());
        warming.execute(this::refill);
    }

    private void refill() {
        while (missing()) {
            var compiler = SourceCompiler.open();
            warm.ifPresent(source -> compiler.compile(source.name(), source.body()));
            lock.lock();
            try {
                spares.add(compiler);
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean missing() {
        lock.lock();
        try {
            return !warming.isShutdown() && spares.size() < SPARES;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        warming.close();
        plain.close();
        sets.asMap().values().forEach(SourceCompiler::close);
        sets.invalidateAll();
        lock.lock();
        try {
            spares.forEach(SourceCompiler::close);
            spares.clear();
        } finally {
            lock.unlock();
        }
    }
}
