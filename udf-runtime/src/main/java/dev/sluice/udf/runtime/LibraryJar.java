package dev.sluice.udf.runtime;

import dev.sluice.core.LockedJar;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * The entries of a jar, of its version for this Java. Signatures are not looked at: what is loaded is rewritten.
 * Thread-safe.
 */
final class LibraryJar {
    static final String PROTOCOL = "package";

    private final LockedJar locked;
    private final Path path;
    private final JarFile file;

    private LibraryJar(LockedJar locked, Path path, JarFile file) {
        this.locked = locked;
        this.path = path;
        this.file = file;
    }

    /** Stays open until it is collected: classes are read when they are first used. */
    static LibraryJar open(LockedJar locked, Path path) {
        try {
            var file = new JarFile(new File(path.toString()), false, ZipFile.OPEN_READ, Runtime.version());
            return new LibraryJar(locked, path, file);
        } catch (IOException e) {
            throw Declaration.invalid(
                            "Package '" + locked.name() + "' is no jar that can be read: " + e.getMessage(),
                            Optional.empty())
                    .exception();
        }
    }

    Path path() {
        return path;
    }

    LockedJar locked() {
        return locked;
    }

    Optional<byte[]> read(String entry) {
        var found = file.getJarEntry(entry);
        if (found == null || found.isDirectory()) {
            return Optional.empty();
        }
        try (var in = file.getInputStream(found)) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + entry + " of package " + locked.name(), e);
        }
    }

    Optional<URL> find(String entry) {
        if (file.getJarEntry(entry) == null) {
            return Optional.empty();
        }
        try {
            var uri = new URI(PROTOCOL, locked.sha256(), "/" + entry, null);
            return Optional.of(URL.of(uri, new Handler()));
        } catch (URISyntaxException | IOException e) {
            throw new IllegalArgumentException("No name of a resource: " + entry, e);
        }
    }

    /** Opens an entry by its URL, as libraries do that look for one. */
    private final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    var entry = url.getPath().substring(1);
                    return read(entry)
                            .map(ByteArrayInputStream::new)
                            .orElseThrow(() -> new IOException("No entry " + entry));
                }
            };
        }
    }
}
