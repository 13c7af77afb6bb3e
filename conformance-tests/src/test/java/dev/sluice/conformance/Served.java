package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A process that runs {@code sluice serve}; a test that ends kills it. */
final class Served implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("grpc://127\\.0\\.0\\.1:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread reader;

    private Served(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    @MustBeClosed
    static Served start(Path data, String... flags) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.cli.Sluice"));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        return new Served(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                var address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.valueOf(address.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            port.completeExceptionally(new AssertionError("The server ended: " + said));
        }
    }

    /** The port that the server tells when it is ready. */
    int port() throws InterruptedException {
        try {
            return port.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The server is not ready: " + said, e);
        }
    }

    /** What it has printed and logged: all of it once it has ended. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** Asks it to end. */
    void end() {
        process.destroy();
    }

    /** Ends it at once, with no word to it. */
    void kill() {
        process.destroyForcibly();
    }

    /** Its exit code. */
    int await(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within " + patience)
                .isTrue();
        reader.join(patience);
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
