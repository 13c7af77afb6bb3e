package dev.sluice.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Memory that two processes see, each at an address of its own: a file that both have mapped. */
final class SharedRegion implements AutoCloseable {
    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    /** @param bytes to which the file grows where it is smaller */
    SharedRegion(Path file, long bytes) throws IOException {
        this.file = file;
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    Path file() {
        return file;
    }

    long base() {
        return memory.address();
    }

    long bytes() {
        return memory.byteSize();
    }

    @Override
    public void close() {
        arena.close();
    }
}
