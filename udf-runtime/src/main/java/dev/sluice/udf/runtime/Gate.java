package dev.sluice.udf.runtime;

import dev.sluice.udf.Udf;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a function inherits: {@code java.*} of some modules of the JDK, and {@code dev.sluice.udf}. The server's own
 * classes and libraries do not exist behind it, nor do their resources.
 */
final class Gate extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    static final Gate OPEN = new Gate();

    private static final Set<String> MODULES = Set.of("java.base");
    private static final String API = Udf.class.getPackageName();

    private Gate() {
        super("function gate", null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            var type = getPlatformClassLoader().loadClass(name);
            if (MODULES.contains(type.getModule().getName())) {
                return type;
            }
        } else if (packageOf(name).equals(API)) {
            return ours().loadClass(name);
        } else if (name.equals(Checkpoint.class.getName())) {
            return Checkpoint.class;
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
