package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice backup}, {@code restore} and {@code fsck} on real folders. */
final class BackupTest {
    @TempDir
    private Path folder;

    private Path data;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void fill() {
        data = folder.resolve("data");
        try (var server = serve(data)) {
            run(
                    server,
                    "CREATE TABLE t AS SELECT range AS id, 'n' || range AS name FROM range(1000)",
                    "CREATE TAG first FROM main",
                    "DELETE FROM t WHERE id < 10",
                    "CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS"
                            + " $$ public static long twice(long x) { return 2 * x; } $$");
        }
    }

    @MustBeClosed
    private static SluiceServer serve(Path data) {
        return SluiceServer.open(ServerConfig.read(
                Optional.empty(),
                Map.of("data.folder", data.toString(), "flight.port", "0", "engine.memory", "500MB")));
    }

    private static void run(SluiceServer server, String... statements) {
        try (var client = SluiceClient.open(new Endpoint(server.host(), server.port(), false), Map.of())) {
            for (var sql : statements) {
                client.run(sql, BackupTest::count);
            }
        }
    }

    private static long count(Rows rows) {
        var count = 0L;
        while (rows.next()) {
            count += rows.batch().getRowCount();
        }
        return count;
    }

    /** How many rows the query gives. */
    private static long rows(SluiceServer server, String sql) {
        try (var client = SluiceClient.open(new Endpoint(server.host(), server.port(), false), Map.of())) {
            return ((Outcome.Returned) client.run(sql, BackupTest::count)).rows();
        }
    }

    private int sluice(String... args) {
        said.reset();
        return Sluice.run(
                new Console(said, new PrintWriter(said, true, StandardCharsets.UTF_8), OptionalInt::empty), args);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private List<Path> parquet() throws IOException {
        try (var paths = Files.walk(data)) {
            return paths.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_lake_in_use_is_backed_up_and_restored_elsewhere_with_its_history() throws IOException {
        var backup = folder.resolve("backup");
        var restored = folder.resolve("restored");
        try (var server = serve(data)) {
            assertThat(sluice("backup", backup.toString(), "--port", Integer.toString(server.port())))
                    .as(said())
                    .isZero();
            run(server, "INSERT INTO t VALUES (5000, 'late')");
            assertThat(sluice("backup", backup.toString(), "--port", Integer.toString(server.port())))
                    .isZero();
            assertThat(said()).contains("files, 4 of them new");
        }
        assertThat(sluice("restore", backup.toString(), "--data", restored.toString()))
                .as(said())
                .isZero();
        Files.move(data, folder.resolve("lost"));
        assertThat(sluice("fsck", "--data", restored.toString(), "--deep"))
                .as(said())
                .isZero();
        assertThat(said()).contains("all is well");
        try (var server = serve(restored)) {
            assertThat(rows(server, "SELECT * FROM t")).isEqualTo(991);
            assertThat(rows(server, "SELECT * FROM t AT TAG first")).isEqualTo(1000);
            run(server, "DELETE FROM t WHERE id < 20", "INSERT INTO t VALUES (1, 'new')");
            assertThat(rows(server, "SELECT twice(id) FROM t")).isEqualTo(982);
        }
        assertThat(sluice("backup", backup.toString(), "--data", restored.toString()))
                .isEqualTo(2);
        assertThat(said()).contains("holds a backup of " + data.resolve("warehouse"));
    }

    @Test
    void a_folder_that_holds_something_is_no_target() throws IOException {
        var full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("precious"), "x");
        assertThat(sluice("backup", full.toString(), "--data", data.toString())).isEqualTo(2);
        assertThat(said()).contains("is not empty, and holds no backup");
        assertThat(sluice("backup", data.resolve("warehouse/b").toString(), "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said()).contains("is part of the lake");
        assertThat(sluice(
                        "restore",
                        full.toString(),
                        "--data",
                        folder.resolve("new").toString()))
                .isEqualTo(2);
        assertThat(said()).contains("holds no whole backup");
        var backup = folder.resolve("backup");
        assertThat(sluice("backup", backup.toString(), "--data", data.toString()))
                .isZero();
        assertThat(sluice("restore", backup.toString(), "--data", full.toString()))
                .isEqualTo(2);
        assertThat(said()).contains("is not empty: restore into a new one");
        assertThat(full.resolve("precious")).hasContent("x");
    }

    @Test
    void fsck_names_what_is_missing_cut_or_damaged() throws IOException {
        assertThat(sluice("fsck", "--data", data.toString())).isZero();
        var files = parquet();
        assertThat(files).hasSize(2);
        var bytes = Files.readAllBytes(files.getFirst());
        bytes[bytes.length - 6] ^= 0x55;
        Files.write(files.getFirst(), bytes);
        assertThat(sluice("fsck", "--data", data.toString())).isEqualTo(1);
        assertThat(said()).contains("The data file " + files.getFirst() + " of public.t is damaged", "1 problem");
        Files.write(files.getFirst(), new byte[] {1}, StandardOpenOption.APPEND);
        Files.delete(files.getLast());
        assertThat(sluice("fsck", "--data", data.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        files.getFirst() + " of public.t has " + (bytes.length + 1) + " bytes, and should have "
                                + bytes.length,
                        files.getLast() + " of public.t is missing",
                        "2 problems");
        assertThat(sluice("fsck", "--data", folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        try (var server = serve(data)) {
            assertThat(server.port()).isPositive();
            assertThat(sluice("fsck", "--data", data.toString())).isEqualTo(2);
            assertThat(said()).contains("is in use by another server");
        }
    }
}
