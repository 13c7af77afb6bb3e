package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REMOVE ORPHAN FILES and COLLECT GARBAGE, each in a lake of its own. */
final class CleanUpTest {
    @TempDir
    private Path data;

    private Lake lake;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test
    void open() throws SQLException {
        lake = Lake.open(data);
    }

    @AfterEach
    void close() throws SQLException {
        lake.close();
    }

    private List<Path> files() throws IOException {
        try (var paths = Files.walk(data.resolve("warehouse"))) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith(".horizon"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder(Path file) {
        return file.resolveSibling(".").normalize();
    }

    /** A file that a write has left behind, days ago. */
    private static Path orphan(Path folder, String name) throws IOException {
        var orphan = Files.writeString(folder.resolve(name), "left");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.EPOCH));
        return orphan;
    }

    @Test
    void orphans_go_and_what_any_ref_names_stays() throws SQLException, IOException {
        var load = "COPY INTO loaded FROM '" + Files.writeString(data.resolve("loaded.csv"), "id\n1\n") + "'";
        lake.run(
                load,
                "CREATE TABLE t AS SELECT 1 AS id",
                "CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$ public static long twice(long x) { return 2 * x; } $$",
                "CREATE BRANCH dev FROM main",
                "CREATE TABLE only_dev AT BRANCH dev AS SELECT 2 AS id",
                "CREATE TAG old FROM main",
                "INSERT INTO t VALUES (3)",
                "DELETE FROM t WHERE id = 1");
        var live = files();
        for (var file : live) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }
        var orphans = List.of(
                orphan(
                        folder(live.stream()
                                .filter(f -> f.toString().contains("/t-"))
                                .findFirst()
                                .orElseThrow()),
                        "x"),
                orphan(data.resolve("warehouse/.functions"), "y.json"));
        var stranger = orphan(data.resolve("warehouse"), "notes.txt");
        assertThat(lake.rows("REMOVE ORPHAN FILES DRY RUN"))
                .hasSize(2)
                .allMatch(row -> row.startsWith("delete|") && row.contains("|4|of 1970-01-01T00:00:00Z"));
        assertThat(orphans).allMatch(Files::exists);
        assertThat(lake.rows("REMOVE ORPHAN FILES FROM t")).hasSize(1);
        assertThat(lake.rows("REMOVE ORPHAN FILES")).hasSize(1);
        assertThat(orphans).noneMatch(Files::exists);
        assertThat(lake.update(load)).isZero();
        assertThat(stranger).exists();
        assertThat(files()).containsAll(live);
        assertThat(lake.rows("SELECT * FROM t AT TAG old")).containsExactly("1");
        assertThat(lake.rows("SELECT * FROM only_dev AT BRANCH dev")).containsExactly("2");
        assertThat(lake.rows("SELECT twice(id) FROM t")).containsExactly("6");
    }

    @Test
    void garbage_is_what_no_ref_has_had_since_the_cut_off() throws SQLException, IOException {
        lake.run("CREATE TABLE t AS SELECT 1 AS id", "CREATE TAG kept FROM main");
        lake.run("INSERT INTO t VALUES (2)", "CREATE TABLE gone AS SELECT 3 AS id");
        var middle = lake.rows("SHOW BRANCHES").getFirst().split("\\|")[1];
        lake.run("DELETE FROM t", "DROP TABLE gone", "INSERT INTO t VALUES (4)");
        var before = files();
        assertThat(lake.rows("COLLECT GARBAGE")).isEmpty();
        assertThatThrownBy(() -> lake.rows("COLLECT GARBAGE OLDER THAN '30 minutes'"))
                .hasMessageContainingAll("less than 1 hour ago", "FORCE");
        var dry = lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE DRY RUN");
        assertThat(files()).isEqualTo(before);
        assertThat(lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE")).hasSameSizeAs(dry);
        assertThat(dry).isNotEmpty().anyMatch(row -> row.contains("/gone-"));
        assertThat(files()).hasSize(before.size() - dry.size());
        assertThat(lake.rows("SELECT * FROM t")).containsExactly("4");
        assertThat(lake.rows("SELECT * FROM t AT TAG kept")).containsExactly("1");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM t AT COMMIT '" + middle + "'"))
                .hasMessageContainingAll(middle.substring(0, 12), "can no longer be read", "was collected");
        assertThat(lake.rows("REMOVE ORPHAN FILES OLDER THAN '0 minutes' FORCE"))
                .isEmpty();
        assertThat(lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE")).isEmpty();
    }

    @Test
    void expired_snapshots_lose_their_files_when_no_branch_has_them_any_more() throws SQLException, IOException {
        lake.run("CREATE TABLE t (id BIGINT)");
        for (var i = 0; i < 6; i++) {
            lake.run("INSERT INTO t VALUES (" + i + ")");
        }
        lake.run("CREATE BRANCH keeps FROM main");
        lake.rows("OPTIMIZE t");
        lake.rows("EXPIRE SNAPSHOTS t OLDER THAN '0 days'");
        lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE");
        assertThat(lake.rows("SELECT count(*) FROM t AT BRANCH keeps")).containsExactly("6");
        lake.run("DROP BRANCH keeps");
        lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE");
        assertThat(files().stream().filter(file -> file.toString().endsWith(".parquet")))
                .hasSize(1);
        assertThat(files().stream().filter(file -> file.toString().contains("metadata.json")))
                .hasSize(1);
        assertThat(lake.rows("SELECT count(*), sum(id) FROM t")).containsExactly("6|15");
        lake.run("INSERT INTO t VALUES (6)");
        assertThat(lake.rows("SELECT count(*) FROM t")).containsExactly("7");
    }

    @Test
    void nothing_is_deleted_where_something_cannot_be_read() throws SQLException, IOException {
        lake.run("CREATE TABLE t AS SELECT 1 AS id", "INSERT INTO t VALUES (2)");
        var orphan = orphan(folder(files().getFirst()), "x");
        var manifest = files().stream()
                .filter(file -> file.getFileName().toString().endsWith("-m0.avro"))
                .findFirst()
                .orElseThrow();
        Files.delete(manifest);
        lake.close();
        open();
        assertThatThrownBy(() -> lake.rows("REMOVE ORPHAN FILES"))
                .hasMessageContainingAll("manifest " + manifest, "public.t", "does not exist", "no file can be told");
        Files.writeString(manifest, "no Avro");
        lake.close();
        open();
        assertThatThrownBy(() -> lake.rows("REMOVE ORPHAN FILES"))
                .hasMessageContainingAll("manifest " + manifest, "public.t", "cannot be read");
        assertThat(orphan).exists();
    }

    @Test
    void a_statement_that_runs_keeps_what_it_reads_and_writes() throws Exception {
        lake.run("CREATE TABLE t AS SELECT range AS id FROM range(1000)");
        try (var reader = lake.connect("");
                var statement = reader.createStatement();
                var rows = statement.executeQuery("SELECT a.id FROM t AS a, t AS b, t AS c")) {
            assertThat(rows.next()).isTrue();
            lake.run("DELETE FROM t");
            assertThat(lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE"))
                    .isEmpty();
            assertThat(lake.rows("SELECT count(*) FROM t")).containsExactly("0");
            statement.cancel();
        }
    }

    @Test
    void an_open_transaction_keeps_what_it_began_with_and_what_it_wrote() throws SQLException, IOException {
        lake.run("CREATE TABLE t AS SELECT 1 AS id", "CREATE TABLE u (id BIGINT)");
        try (var reader = lake.connect("");
                var writer = lake.connect("");
                var reads = reader.createStatement();
                var writes = writer.createStatement()) {
            reads.execute("BEGIN");
            writes.execute("BEGIN");
            writes.executeUpdate("INSERT INTO u VALUES (5)");
            lake.run("DELETE FROM t");
            assertThat(lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE"))
                    .isEmpty();
            assertThat(Lake.rows(reader, "SELECT id FROM t")).containsExactly("1");
            reads.execute("ROLLBACK");
            writes.execute("COMMIT");
        }
        lake.rows("COLLECT GARBAGE OLDER THAN '0 minutes' FORCE");
        assertThat(lake.rows("SELECT id FROM u")).containsExactly("5");
    }
}
