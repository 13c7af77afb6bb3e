package dev.sluice.catalog;

import dev.sluice.core.DurableFolders;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Iceberg's files in local folders, without Hadoop. A file appears under its name complete and forced to the disk, or
 * not at all. Thread-safe.
 */
final class LocalFileIO implements WarehouseIO {
    private static final Map<String, String> PROPERTIES = Map.of(
            CatalogProperties.IO_MANIFEST_CACHE_ENABLED, "true",
            CatalogProperties.IO_MANIFEST_CACHE_MAX_TOTAL_BYTES, Long.toString(64L << 20),
            CatalogProperties.IO_MANIFEST_CACHE_MAX_CONTENT_LENGTH, Long.toString(8L << 20));

    private final Relocation relocation;

    LocalFileIO(Relocation relocation) {
        this.relocation = relocation;
    }

    /** A location is a path or a {@code file:} URI, as the warehouse lay then. */
    @Override
    public Path path(String location) {
        return relocation.apply(
                location.startsWith("file:") ? Path.of(URI.create(location).getPath()) : Path.of(location));
    }

    @Override
    public String location(Path path) {
        return path.toString();
    }

    @Override
    public Path real(Path path) {
        try {
            return Files.exists(path)
                    ? path.toRealPath()
                    : path.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** They are there already. */
    @Override
    public void publish(Collection<Path> files) {}

    @Override
    public void withdraw(Collection<Path> files) {}

    @Override
    public void visit(Path folder, Consumer<Stored> visitor) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        visitor.accept(new Stored(
                                file,
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void createFolder(Path folder) {
        try {
            DurableFolders.create(folder);
        } catch (IOException e) {
            throw CatalogFailures.internal("Creating folder " + folder, e);
        }
    }

    @Override
    public Map<String, String> properties() {
        return PROPERTIES;
    }

    @Override
    public InputFile newInputFile(String location) {
        return org.apache.iceberg.Files.localInput(path(location).toFile());
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, this);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record LocalOutput(String location, LocalFileIO io) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            if (Files.exists(io.path(location))) {
                throw new AlreadyExistsException("File %s exists already", location);
            }
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            try {
                return new AtomicOutput(io.path(location));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputFile toInputFile() {
            return io.newInputFile(location);
        }
    }

    /** Writes beside the target and moves the file there when it is closed. */
    private static final class AtomicOutput extends PositionOutputStream {
        private final Path target;
        private final Path draft;
        private final FileOutputStream file;
        private final BufferedOutputStream buffer;
        private long position;
        private boolean closed;

        AtomicOutput(Path target) throws IOException {
            this.target = target;
            this.draft = target.resolveSibling("." + target.getFileName() + ".tmp");
            DurableFolders.create(folder());
            this.file = new FileOutputStream(draft.toFile());
            this.buffer = new BufferedOutputStream(file);
        }

        private Path folder() {
            return target.toAbsolutePath().resolveSibling(".").normalize();
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            buffer.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            buffer.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffer.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                publish();
            } catch (IOException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
        }

        private void publish() throws IOException {
            try (file) {
                buffer.flush();
                file.getFD().sync();
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (var folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
