package dev.sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.projectnessie.client.NessieClientBuilder;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.error.BaseNessieClientServerException;
import org.projectnessie.model.Branch;

/**
 * Nessie's own server, in memory, as a process beside the tests: started when it is first needed, and ended with this
 * JVM. Every test empties it.
 */
public final class NessieServer {
    private static final int MAX_SECONDS = 90;

    private final URI uri;
    private final NessieApiV2 api;

    private NessieServer(URI uri) {
        this.uri = uri;
        this.api = NessieClientBuilder.createClientBuilder("HTTP", null)
                .withUri(uri)
                .build(NessieApiV2.class);
    }

    private static final class Running {
        private static final NessieServer SERVER = start();
    }

    /** The one server of this JVM, without any table, and with no ref but an empty {@code main}. */
    public static NessieServer emptied() {
        Running.SERVER.clear();
        return Running.SERVER;
    }

    /** Of its API, version 2. */
    public URI uri() {
        return uri;
    }

    private void clear() {
        try {
            var root = api.getConfig().getNoAncestorHash();
            for (var ref : api.getAllReferences().stream().toList()) {
                if (ref.getName().equals("main")) {
                    api.assignReference()
                            .reference(ref)
                            .assignTo(Branch.of("main", root))
                            .assign();
                } else {
                    api.deleteReference().reference(ref).delete();
                }
            }
        } catch (BaseNessieClientServerException e) {
            throw new IllegalStateException("The Nessie server cannot be emptied", e);
        }
    }

    private static NessieServer start() {
        try {
            var folder = Files.createDirectories(Path.of("target", "nessie"));
            var port = freePort();
            var config = Files.write(
                    folder.resolve("server.properties"),
                    List.of(
                            "quarkus.http.host=127.0.0.1",
                            "quarkus.http.port=" + port,
                            "quarkus.management.host=127.0.0.1",
                            "quarkus.management.port=" + freePort(),
                            "quarkus.oidc.tenant-enabled=false",
                            "quarkus.otel.sdk.disabled=true",
                            "nessie.server.authentication.enabled=false",
                            "nessie.version.store.type=IN_MEMORY"));
            var log = folder.resolve("server.log");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx400m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.config.locations=" + config.toAbsolutePath(),
                            "-jar",
                            System.getProperty("interop.nessie-server"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var _ = Processes.waitForLine(process, log, "Listening on", MAX_SECONDS);
            return new NessieServer(URI.create("http://127.0.0.1:" + port + "/api/v2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
