package dev.sluice.udf.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Files of the compiler that are no files: sources and classes stay in memory. Confined to one thread at a time. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final SequencedMap<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

    MemoryFiles(StandardJavaFileManager standard) {
        super(standard);
    }

    void setClassPath(List<Path> jars) throws IOException {
        fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, jars);
    }

    void clear() {
        classes.clear();
    }

    /** Class files by binary name, as written since the last {@link #clear}. */
    SequencedMap<String, byte[]> classes() {
        var bytes = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, content) -> bytes.put(name, content.toByteArray()));
        return bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(uri(className, kind), kind) {
            @Override
            public OutputStream openOutputStream() {
                var content = new ByteArrayOutputStream();
                classes.put(className, content);
                return content;
            }
        };
    }

    static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(uri(name, JavaFileObject.Kind.SOURCE), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }

            @Override // a public class may have any name, although there is only one file
            public boolean isNameCompatible(String simpleName, Kind kind) {
                return true;
            }
        };
    }

    private static URI uri(String name, JavaFileObject.Kind kind) {
        return URI.create("memory:///" + name.replace('.', '/').replace("$", "%24") + kind.extension);
    }
}
