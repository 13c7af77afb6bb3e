package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts worker processes: with the server's own Java and class path, without a network where the system lets any user
 * do that. Thread-safe.
 */
final class WorkerProcesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcesses.class);
    private static final List<String> NO_NETWORK = List.of("unshare", "--user", "--map-current-user", "--net", "--ipc");
    private static final Path MEMORY_FILES = Path.of("/dev/shm");

    private final WorkerConfig config;
    private final Path library;
    private final Path sockets;
    private final Path shared;
    private final List<String> prefix;
    private final AtomicLong started = new AtomicLong();

    @MustBeClosed
    WorkerProcesses(WorkerConfig config) throws IOException {
        this.config = config;
        this.library = DuckDbLibrary.unpack(config.folder());
        this.sockets = Files.createTempDirectory("sluice-workers-"); // a socket's path has to be short
        this.shared = Files.isWritable(MEMORY_FILES) ? MEMORY_FILES : sockets;
        this.prefix = works(NO_NETWORK) ? NO_NETWORK : List.of();
        if (prefix.isEmpty()) {
            LOG.info("This system keeps no network from worker processes: their code's checks alone do");
        }
    }

    @MustBeClosed
    Worker start() throws IOException {
        var socket = sockets.resolve("w" + started.incrementAndGet());
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            var process = new ProcessBuilder(command(socket))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                var _ = process.onExit().thenRun(() -> close(listener)); // it would wait forever
                return new Worker(process, listener.accept(), shared);
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private List<String> command(Path socket) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + config.memoryBytes(),
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + DuckDbLibrary.COPY + "=" + library,
                "-cp",
                System.getProperty("java.class.path"),
                FunctionWorker.class.getName(),
                socket.toString()));
        return command;
    }

    private static boolean works(List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.add("true");
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void close(ServerSocketChannel listener) {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("A listener was not closed", e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(sockets)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("The folder of the workers' sockets stays: {}", sockets, e);
        }
    }
}
