package dev.sluice.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.duckdb.DuckDBConnection;

/**
 * Where DuckDB's native functions are: in the library that its JDBC driver has loaded, or in a copy of that library,
 * for a process that needs the layout of vectors and no database.
 */
@SuppressWarnings("restricted")
final class DuckDbLibrary {
    /** System property with the path of the copy. */
    static final String COPY = "sluice.duckdb.library";

    private DuckDbLibrary() {}

    static SymbolLookup symbols() {
        var copy = System.getProperty(COPY);
        return copy == null ? SymbolLookup.loaderLookup() : SymbolLookup.libraryLookup(Path.of(copy), Arena.global());
    }

    /** The driver's library as a file of the folder, which is written once for each version. */
    static Path unpack(Path folder) {
        try {
            var name = driversName();
            var resource = DuckDBConnection.class.getResource("/" + name);
            if (resource == null) {
                throw new LinkageError("DuckDB's driver has no library " + name);
            }
            var source = resource.openConnection();
            source.setUseCaches(false);
            var copy = folder.resolve(name + "-" + source.getContentLengthLong());
            if (!Files.exists(copy)) {
                var part = Files.createTempFile(Files.createDirectories(folder), name, ".part");
                try (var in = source.getInputStream()) {
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("DuckDB's library could not be copied to " + folder, e);
        }
    }

    private static String driversName() {
        try {
            var driver = MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
            return (String) driver.findStatic(
                            driver.findClass("org.duckdb.DuckDBNative"),
                            "nativeLibName",
                            MethodType.methodType(String.class))
                    .invokeExact();
        } catch (Throwable t) {
            throw new LinkageError("DuckDB's driver has changed; this server needs the one that it was built with", t);
        }
    }
}
