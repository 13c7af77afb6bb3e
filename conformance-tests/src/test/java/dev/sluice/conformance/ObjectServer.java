package dev.sluice.conformance;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server that speaks S3, with signatures, as a process beside the tests; and a client of it. */
final class ObjectServer implements AutoCloseable {
    private static final String ID = "lake";
    private static final String SECRET = "a secret";
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS = 600;

    private final Path folder;
    private final int port;
    private final S3Client client;
    private Process process;

    private ObjectServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
        this.client = S3Client.builder()
                .endpointOverride(endpoint(port))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
                .build();
    }

    /** @param folder has its objects, and its log */
    @MustBeClosed
    static ObjectServer start(Path folder) throws IOException {
        var port = freePort();
        return new ObjectServer(folder, port, run(folder, port));
    }

    private static Process run(Path folder, int port) throws IOException {
        Files.createDirectories(folder.resolve("objects"));
        var config = Files.write(
                folder.resolve("server.properties"),
                List.of(
                        "s3proxy.endpoint=" + endpoint(port),
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ID,
                        "s3proxy.credential=" + SECRET,
                        "s3proxy.ignore-unknown-headers=true",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + folder.resolve("objects")));
        var log = folder.resolve("server.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("s3.server"),
                        "--properties",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitPort(process, port, log);
        return process;
    }

    private static void awaitPort(Process process, int port, Path log) throws IOException {
        for (var look = 0; look < LOOKS; look++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (hasEnded(process)) {
                    break;
                }
            }
        }
        throw new IOException("The S3 server does not answer: " + Files.readString(log));
    }

    /** Waits a moment for the end. */
    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What a Sluice server must be told to use this one. */
    Map<String, String> settings() {
        return Map.of("s3.endpoint", endpoint(port).toString(), "s3.access-key-id", ID, "s3.secret-access-key", SECRET);
    }

    /** Makes a bucket. */
    void createBucket(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
    }

    void put(String bucket, String key, String text) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    void put(String bucket, String key, Path file) {
        client.putObject(request -> request.bucket(bucket).key(key), file);
    }

    List<String> keys(String bucket) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Ends it at once. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, with the objects that it had. */
    void restart() throws IOException {
        process = run(folder, port);
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
