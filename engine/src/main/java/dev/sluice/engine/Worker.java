package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.udf.runtime.FunctionFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A worker process as the server sees it. One thread at a time works with it; any may {@link #kill} it. */
final class Worker implements AutoCloseable {
    private static final long FIRST_BYTES = 1 << 20;

    private final Process process;
    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Path folder;
    private SharedRegion region;
    private long workersBase;
    private boolean spent;

    @MustBeClosed
    Worker(Process process, SocketChannel channel, Path folder) throws IOException {
        this.process = process;
        this.channel = channel;
        this.folder = folder;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        this.region = share(FIRST_BYTES);
    }

    void load(byte[] image) throws IOException, FunctionFailure {
        out.writeByte(WorkerMessage.LOAD);
        out.writeInt(image.length);
        out.write(image);
        var _ = answer();
    }

    /** Runs the function over a batch; the result's vector is filled. */
    void call(VectorImage arguments, VectorImage results, long chunk, long result) throws IOException, FunctionFailure {
        var rows = DuckDbApi.size(chunk);
        ensure(arguments.bytes(chunk, rows));
        arguments.write(chunk, rows, region.base(), workersBase - region.base());
        out.writeByte(WorkerMessage.CALL);
        out.writeLong(rows);
        out.writeLong(region.base());
        var more = answer();
        if (more > 0) {
            ensure(more);
            out.writeByte(WorkerMessage.RESULT);
            out.writeLong(region.base());
            var _ = answer();
        }
        results.give(result, rows, region.base(), region.bytes());
    }

    private void ensure(long bytes) throws IOException, FunctionFailure {
        if (bytes > region.bytes()) {
            var greater = share(Math.max(2 * region.bytes(), Long.highestOneBit(bytes) * 2));
            region.close();
            region = greater;
        }
    }

    /** The file needs no name once both have it. */
    private SharedRegion share(long bytes) throws IOException {
        var file = Files.createTempFile(folder, "sluice-", ".shared");
        try {
            var shared = new SharedRegion(file, bytes);
            try {
                out.writeByte(WorkerMessage.MAP);
                out.writeUTF(file.toString());
                out.writeLong(bytes);
                workersBase = answer();
                return shared;
            } catch (FunctionFailure e) {
                shared.close();
                throw new IOException(e);
            } catch (IOException e) {
                shared.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private long answer() throws IOException, FunctionFailure {
        out.flush();
        return switch (in.readUnsignedByte()) {
            case WorkerMessage.DONE -> in.readLong();
            case WorkerMessage.FAILED -> throw new FunctionFailure(in.readUTF());
            case WorkerMessage.SPENT -> {
                spent = true;
                throw new FunctionFailure(in.readUTF());
            }
            default -> throw new IOException("The worker does not keep to the protocol");
        };
    }

    boolean isUsable() {
        return !spent && process.isAlive();
    }

    /** How the process has ended, in words; waits for it where it is about to. */
    String ending() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? "exit code " + process.exitValue() : "it still runs";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was not waited for";
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            channel.close();
        } catch (IOException e) {
            // the process is gone, and the socket with it
        }
        region.close();
    }
}
