package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.s3.ObjectCache;
import dev.sluice.s3.S3Object;
import dev.sluice.s3.S3Uri;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Iceberg's files in S3; those of the disk are another's. A file's path is its object's place in the cache, which is
 * where data files are written and read. What is read and written here is metadata: whole, and in memory. Thread-safe.
 */
final class ObjectFileIO implements WarehouseIO {
    private final ObjectCache cache;
    private final WarehouseIO local;

    ObjectFileIO(ObjectCache cache, WarehouseIO local) {
        this.cache = cache;
        this.local = local;
    }

    @Override
    public Path path(String location) {
        return S3Uri.isOne(location) ? cache.folder().path(S3Uri.of(location)) : local.path(location);
    }

    @Override
    public String location(Path path) {
        return cache.folder().uri(path).map(S3Uri::toString).orElseGet(() -> local.location(path));
    }

    @Override
    public Path real(Path path) {
        return cache.folder().uri(path).isPresent() ? path : local.real(path);
    }

    @Override
    public void publish(Collection<Path> files) {
        cache.publish(files);
    }

    @Override
    public void withdraw(Collection<Path> files) {
        cache.withdraw(files);
    }

    @Override
    public void visit(Path folder, Consumer<Stored> visitor) {
        var prefix = cache.folder().uri(folder);
        if (prefix.isEmpty()) {
            local.visit(folder, visitor);
            return;
        }
        var key = prefix.get().key();
        var below = new S3Uri(prefix.get().bucket(), key.isEmpty() ? "" : key + "/");
        cache.store().list(below, Integer.MAX_VALUE).stream()
                .filter(object -> !object.uri().key().endsWith("/"))
                .map(this::stored)
                .forEach(visitor);
    }

    private Stored stored(S3Object object) {
        return new Stored(cache.folder().path(object.uri()), object.bytes(), object.changed());
    }

    @Override
    public Map<String, String> properties() {
        return local.properties();
    }

    @Override
    public InputFile newInputFile(String location) {
        return S3Uri.isOne(location) ? new Input(location, S3Uri.of(location), cache) : local.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return S3Uri.isOne(location) ? new Output(location, this) : local.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        if (S3Uri.isOne(location)) {
            cache.forget(path(location));
            cache.store().delete(S3Uri.of(location));
        } else {
            local.deleteFile(location);
        }
    }

    private record Input(String location, S3Uri uri, ObjectCache cache) implements InputFile {
        @Override
        public long getLength() {
            return found().map(S3Object::bytes)
                    .orElseThrow(() -> new NotFoundException("There is no object %s", location));
        }

        @Override
        public boolean exists() {
            return found().isPresent();
        }

        private Optional<S3Object> found() {
            return cache.store().find(uri);
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new Content(cache.store().read(uri));
            } catch (FailureException e) {
                throw e.failure().code() == Code.FILE_NOT_FOUND
                        ? new NotFoundException(e, "There is no object %s", location)
                        : e;
            }
        }
    }

    /** Bytes that can be read from any place on. */
    private static final class Content extends SeekableInputStream {
        private final Bytes bytes;

        Content(byte[] bytes) {
            this.bytes = new Bytes(bytes);
        }

        @Override
        public long getPos() {
            return bytes.position();
        }

        @Override
        public void seek(long position) {
            bytes.seek(position);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }
    }

    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        int position() {
            return pos;
        }

        void seek(long position) {
            pos = Math.toIntExact(Math.min(position, count));
        }
    }

    private record Output(String location, ObjectFileIO io) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            if (toInputFile().exists()) {
                throw new AlreadyExistsException("File %s exists already", location);
            }
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new Draft(S3Uri.of(location), io.cache);
        }

        @Override
        public InputFile toInputFile() {
            return io.newInputFile(location);
        }
    }

    /** Becomes an object when it is closed. */
    private static final class Draft extends PositionOutputStream {
        private final S3Uri uri;
        private final ObjectCache cache;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        Draft(S3Uri uri, ObjectCache cache) {
            this.uri = uri;
            this.cache = cache;
        }

        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                cache.store().write(uri, bytes.toByteArray());
            }
        }
    }
}
