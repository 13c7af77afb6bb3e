package dev.sluice.udf.runtime;

import dev.sluice.udf.Udf;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a function inherits: {@code java.*} of some modules of the JDK, and {@code dev.sluice.udf}; a library sees a
 * few modules more, so that it links, and its calls are checked. The server's own classes and libraries do not exist
 * behind it, nor do their resources.
 */
final class Gate extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    static final Gate OPEN = new Gate(Set.of("java.base"));
    static final Gate LIBRARIES = new Gate(Set.of("java.base", "java.logging", "java.sql", "java.xml"));

    private static final String API = Udf.class.getPackageName();
    private static final Set<String> LINKED = Set.of(Checkpoint.class.getName(), LibraryCalls.class.getName());

    private final Set<String> modules;

    private Gate(Set<String> modules) {
        super("function gate", null);
        this.modules = modules;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (LibraryApi.isStandard(name.replace('.', '/'))) {
            var type = getPlatformClassLoader().loadClass(name);
            if (modules.contains(type.getModule().getName())) {
                return type;
            }
        } else if (packageOf(name).equals(API)) {
            return ours().loadClass(name);
        } else if (LINKED.contains(name)) {
            return Gate.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private static ClassLoader ours() {
        return Udf.class.getClassLoader();
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.emptyEnumeration();
    }
}
