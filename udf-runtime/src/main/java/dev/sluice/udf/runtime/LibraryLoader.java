package dev.sluice.udf.runtime;

import dev.sluice.core.LockedJar;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MutableCallSite;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classes of one set of jars, shared by all functions that were made with it. */
final class LibraryLoader extends ClassLoader implements CheckedLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<LibraryJar> jars;
    private final LibraryClasses classes;
    private final LibraryCode code;
    private final MutableCallSite checkpoint = Checkpoint.open();

    /** @param jars in the order of a class path: the first that has a class gives it */
    LibraryLoader(List<LibraryJar> jars) {
        super("packages", Gate.LIBRARIES);
        this.jars = List.copyOf(jars);
        this.classes = new LibraryClasses(this.jars);
        this.code = new LibraryCode(classes);
    }

    @Override
    public MutableCallSite checkpoint() {
        return checkpoint;
    }

    LibraryClasses classes() {
        return classes;
    }

    List<Path> classPath() {
        return jars.stream().map(LibraryJar::path).toList();
    }

    List<String> digests() {
        return jars.stream().map(LibraryJar::locked).map(LockedJar::sha256).toList();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var internal = name.replace('.', '/');
        if (internal.startsWith("java/") || internal.startsWith("dev/sluice/")) {
            throw new ClassNotFoundException(name);
        }
        var bytes = classes.read(internal).orElseThrow(() -> new ClassNotFoundException(name));
        definePackageOf(name);
        var rewritten = code.rewrite(internal, bytes);
        return defineClass(name, rewritten, 0, rewritten.length);
    }

    private void definePackageOf(String name) {
        var dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            try {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                return; // another thread was first
            }
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return found(name).findFirst().orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(found(name).toList());
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return jars.stream()
                .flatMap(jar -> jar.read(name).stream())
                .findFirst()
                .map(ByteArrayInputStream::new)
                .orElse(null);
    }

    private Stream<URL> found(String name) {
        return jars.stream().flatMap(jar -> jar.find(name).stream());
    }
}
