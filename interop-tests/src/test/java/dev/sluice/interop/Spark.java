package dev.sluice.interop;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Spark in a process of its own, with a Nessie server as its catalog. Confined to one thread. */
final class Spark implements AutoCloseable {
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final Writer statements;

    private Spark(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.statements = process.outputWriter(StandardCharsets.US_ASCII);
        var _ = answer();
    }

    /** @param folder of {@code SparkSql.java}, and in {@code target} the class path of Spark */
    @MustBeClosed
    static Spark start(Path jdk, Path folder, NessieServer nessie, Path warehouse) throws IOException {
        var log = Files.createDirectories(Path.of("target")).resolve("spark.log");
        var catalog = "spark.sql.catalog.nessie";
        var options = Stream.of(
                jdk.resolve("bin/java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                Files.readString(folder.resolve("target/spark.classpath")).strip());
        var arguments = Stream.of(
                folder.resolve("SparkSql.java").toString(),
                "spark.ui.enabled=false",
                "spark.driver.bindAddress=127.0.0.1",
                "spark.driver.host=127.0.0.1",
                "spark.sql.session.timeZone=UTC",
                "spark.sql.datetime.java8API.enabled=true",
                "spark.sql.shuffle.partitions=1",
                "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
                "spark.sql.defaultCatalog=nessie",
                catalog + "=org.apache.iceberg.spark.SparkCatalog",
                catalog + ".catalog-impl=org.apache.iceberg.nessie.NessieCatalog",
                catalog + ".uri=" + nessie.uri(),
                catalog + ".client-api-version=2",
                catalog + ".ref=main",
                catalog + ".warehouse=" + warehouse,
                catalog + ".cache-enabled=false");
        var opens = OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED");
        var process = new ProcessBuilder(Stream.of(options, opens, arguments)
                        .flatMap(part -> part)
                        .toList())
                .redirectError(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Spark(process, log);
    }

    /** The rows of a statement, each as a text; a failure is an {@link IllegalStateException} with Spark's message. */
    List<String> run(String sql) {
        try {
            statements.write(Base64.getEncoder().encodeToString(sql.getBytes(StandardCharsets.UTF_8)));
            statements.write('\n');
            statements.flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> answer() throws IOException {
        var rows = new ArrayList<String>();
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            var parts = line.split(" ", 2);
            switch (parts[0]) {
                case "#row" -> rows.add(decoded(parts[1]));
                case "#ok" -> {
                    return rows;
                }
                case "#error" -> throw new IllegalStateException(decoded(parts[1]));
                default -> {}
            }
        }
        throw new IOException("Spark has ended; its log is " + log.toAbsolutePath());
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
