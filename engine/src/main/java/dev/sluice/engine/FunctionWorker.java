package dev.sluice.engine;

import dev.sluice.udf.runtime.FunctionImage;
import dev.sluice.udf.runtime.ScalarRun;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process in which one function of a user's runs apart from the server. It has the layout of DuckDB's vectors, and
 * no database: batches come and go through memory that both processes see. It ends when the server hangs up.
 */
public final class FunctionWorker {
    private final DataInputStream in;
    private final DataOutputStream out;
    private @Nullable SharedRegion region;
    private @Nullable Loaded loaded;

    private FunctionWorker(SocketChannel channel) {
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    /** A function with the batches that it is called with; all its calls come one after the other. */
    private static final class Loaded {
        private final ScalarRun run;
        private final VectorImage arguments;
        private final VectorImage results;
        private final long chunk;
        private final long result;
        private long rows;

        Loaded(byte[] image) {
            var function = FunctionImage.read(image);
            var types = List.of(function.source().result());
            run = (ScalarRun) function.run(DuckDbApi.INSTANCE);
            arguments = new VectorImage(function.source().parameters());
            results = new VectorImage(types);
            chunk = DuckDbChunks.create(function.source().parameters());
            result = DuckDbChunks.create(types);
        }

        void call(long at, long count) throws Throwable {
            rows = count;
            DuckDbChunks.reset(chunk, count);
            DuckDbChunks.reset(result, count);
            arguments.lend(chunk, count, at);
            run.call(chunk, DuckDbApi.vector(result, 0));
        }

        /** How many bytes the result needs that the memory has not; 0 once it is written. */
        long write(SharedRegion region, long reader) {
            var bytes = results.bytes(result, rows);
            if (bytes > region.bytes()) {
                return bytes;
            }
            results.write(result, rows, region.base(), reader - region.base());
            return 0;
        }
    }

    /**
     * Works until the server hangs up.
     *
     * @param arguments the path of the server's socket
     */
    public static void main(String[] arguments) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            new FunctionWorker(channel).serve();
        }
    }

    private void serve() throws IOException {
        try {
            while (true) {
                answer(in.readUnsignedByte());
                out.flush();
            }
        } catch (EOFException e) {
            // the server has no more work
        }
    }

    private void answer(int message) throws IOException {
        switch (message) {
            case WorkerMessage.MAP -> done(map(in.readUTF(), in.readLong()));
            case WorkerMessage.LOAD -> load(in.readNBytes(in.readInt()));
            case WorkerMessage.CALL -> call(in.readLong(), in.readLong());
            case WorkerMessage.RESULT -> done(requireLoaded().write(requireRegion(), in.readLong()));
            default -> throw new IOException("Unknown message " + message);
        }
    }

    private long map(String file, long bytes) throws IOException {
        if (region != null) {
            region.close();
        }
        region = new SharedRegion(Path.of(file), bytes);
        return region.base();
    }

    private void load(byte[] image) throws IOException {
        try {
            loaded = new Loaded(image);
            done(0);
        } catch (RuntimeException | LinkageError e) {
            failed(WorkerMessage.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void call(long rows, long reader) throws IOException {
        var current = requireLoaded();
        try {
            current.call(requireRegion().base(), rows);
            done(current.write(requireRegion(), reader));
        } catch (Throwable t) { // whatever it is, it is the function's
            failed(t instanceof OutOfMemoryError ? WorkerMessage.SPENT : WorkerMessage.FAILED, current.run.describe(t));
        }
    }

    private Loaded requireLoaded() throws IOException {
        if (loaded == null) {
            throw new IOException("No function is loaded");
        }
        return loaded;
    }

    private SharedRegion requireRegion() throws IOException {
        if (region == null) {
            throw new IOException("No memory is shared");
        }
        return region;
    }

    private void done(long value) throws IOException {
        out.writeByte(WorkerMessage.DONE);
        out.writeLong(value);
    }

    private void failed(int how, String message) throws IOException {
        out.writeByte(how);
        out.writeUTF(message.length() <= 10_000 ? message : message.substring(0, 10_000));
    }
}
