package dev.sluice.udf.runtime;

import java.lang.invoke.MutableCallSite;

/** A loader of classes that are not the server's own: each of their checks goes to its one call site. */
interface CheckedLoader {
    MutableCallSite checkpoint();

    /** Whether a class came from the user or from a library, not from the JDK or the server. */
    static boolean loaded(Class<?> type) {
        return type.getClassLoader() instanceof CheckedLoader;
    }
}
