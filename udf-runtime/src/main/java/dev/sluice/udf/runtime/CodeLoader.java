package dev.sluice.udf.runtime;

import java.lang.invoke.MutableCallSite;
import java.util.SequencedMap;

/** Holds the classes of one function, which it prefers to any others of their names. */
final class CodeLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final SequencedMap<String, byte[]> classes;
    private final MutableCallSite checkpoint = Checkpoint.open();

    CodeLoader(String function, SequencedMap<String, byte[]> classes) {
        super("function " + function, Gate.OPEN);
        this.classes = classes;
    }

    MutableCallSite checkpoint() {
        return checkpoint;
    }

    SequencedMap<String, byte[]> classes() {
        return classes;
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
