package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.server.OfflineLake;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.backup.Fsck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails while a server writes. strace logs all that the server does to its folder; from the log, the folder
 * is made anew as a disk would have it that kept only what was synced, and a server is started on that.
 */
@Timeout(240)
final class PowerLossTest {
    private static final Pattern ADDRESS = Pattern.compile("grpc://127\\.0\\.0\\.1:(\\d+)");
    private static final int WRITES = 16;

    /** Seconds after an acknowledgement at which the power fails: at once, or while the next write is under way. */
    private static final List<Double> LATER = List.of(0.0, 0.02, 0.0, 0.1);

    private static final int CUTS = Integer.getInteger("sluice.power-cuts", 4);

    @TempDir
    private Path folder;

    /** Row {@code n} was acknowledged at this time, in seconds since 1970. */
    private record Acknowledged(int n, double time) {}

    @Test
    void what_was_acknowledged_is_there_after_the_power_failed() throws Exception {
        var strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "strace is not installed");
        var data = Files.createDirectory(folder.resolve("data"));
        var log = folder.resolve("strace.log");
        var acknowledged = work(strace, data, log);
        assertThat(acknowledged).hasSize(WRITES);
        var random = new Random(5);
        for (var cut = 0; cut < CUTS; cut++) {
            var until = acknowledged.get(random.nextInt(WRITES)).time() + LATER.get(cut % LATER.size());
            var disk = new TracedDisk(data);
            try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                for (var line : (Iterable<String>) lines::iterator) {
                    disk.read(line);
                    if (disk.time() > until) {
                        break;
                    }
                }
            }
            var known = acknowledged.stream()
                    .filter(ack -> ack.time() < disk.time())
                    .count();
            var left = folder.resolve("left-" + cut);
            if (cut % 2 == 0) {
                disk.writeWorst(left);
            } else {
                disk.writeMixed(left, random);
            }
            Files.writeString(left.resolve("warehouse/.moved-from"), data.resolve("warehouse") + "\n");
            check(left, (int) known);
        }
    }

    private List<Acknowledged> work(Path strace, Path data, Path log) throws Exception {
        var command = new ArrayList<String>(List.of(
                strace.toString(),
                "-f",
                "--seccomp-bpf",
                "-ttt",
                "-y",
                "-xx",
                "-s",
                "16000000",
                "-o",
                log.toString(),
                "-e",
                "trace=openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,fsync,"
                        + "fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,lseek,"
                        + "copy_file_range,sendfile"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.cli.Sluice"));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            return write(port(process));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int port(Process process) throws IOException {
        var said = new ArrayList<String>();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            var address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("The server ended: " + said);
    }

    /** Rows of even numbers go to two tables in a transaction, those of odd numbers to a third one, each by itself. */
    private static List<Acknowledged> write(int port) throws SQLException {
        var acknowledged = new ArrayList<Acknowledged>();
        try (var connection = Lake.connect(port, "");
                var statement = connection.createStatement()) {
            for (var table : List.of("a", "b", "c")) {
                statement.executeUpdate("CREATE TABLE " + table + " (n BIGINT)");
            }
            for (var n = 0; n < WRITES; n++) {
                if (n % 2 == 0) {
                    statement.execute("BEGIN");
                    statement.executeUpdate("INSERT INTO a VALUES (" + n + ")");
                    statement.executeUpdate("INSERT INTO b VALUES (" + n + ")");
                    statement.execute("COMMIT");
                } else {
                    statement.executeUpdate("INSERT INTO c VALUES (" + n + ")");
                }
                acknowledged.add(new Acknowledged(n, InstantSource.system().millis() / 1e3));
            }
        }
        return acknowledged;
    }

    private static void check(Path left, int known) throws SQLException {
        try (var lake = Lake.open(left)) {
            var rows = lake.rows("SELECT n FROM a UNION ALL SELECT n FROM c ORDER BY n");
            assertThat(rows.size()).as("rows of at least " + known + " writes").isBetween(known, known + 1);
            assertThat(rows)
                    .isEqualTo(IntStream.range(0, rows.size())
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(lake.rows("SELECT n FROM b")).hasSameElementsAs(lake.rows("SELECT n FROM a"));
            lake.run("INSERT INTO a VALUES (-1)");
        }
        try (var lake = OfflineLake.open(ServerConfig.read(Optional.empty(), Map.of("data.folder", left.toString())))) {
            assertThat(lake.fsck(Fsck.Depth.DATA).problems()).isEmpty();
        }
    }
}
