package dev.sluice.udf.runtime;

import java.lang.invoke.MutableCallSite;
import java.util.Optional;
import java.util.SequencedMap;

/** Holds the classes of one function, which it prefers to any others of their names; its packages are behind it. */
final class CodeLoader extends ClassLoader implements CheckedLoader {
    static {
        registerAsParallelCapable();
    }

    private final SequencedMap<String, byte[]> classes;
    private final Optional<LibraryLoader> libraries;
    private final MutableCallSite checkpoint = Checkpoint.open();

    CodeLoader(String function, SequencedMap<String, byte[]> classes, Optional<LibraryLoader> libraries) {
        super("function " + function, libraries.isPresent() ? libraries.get() : Gate.OPEN);
        this.classes = classes;
        this.libraries = libraries;
    }

    @Override
    public MutableCallSite checkpoint() {
        return checkpoint;
    }

    SequencedMap<String, byte[]> classes() {
        return classes;
    }

    /** From now on, the function's code and its packages' ask whether their run is cancelled. */
    void armCheckpoints() {
        Checkpoint.arm(checkpoint);
        libraries.map(LibraryLoader::checkpoint).ifPresent(Checkpoint::arm);
    }

    boolean holds(String className) {
        return classes.containsKey(className);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return classes.containsKey(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
