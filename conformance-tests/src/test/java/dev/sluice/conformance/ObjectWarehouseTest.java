package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake whose tables are in S3 is one like any other. */
final class ObjectWarehouseTest {
    private static final int ROWS = 200_000;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS = 500;

    @TempDir
    private static Path folder;

    private static ObjectServer objects;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    static void open() throws IOException {
        objects = ObjectServer.start(folder.resolve("s3"));
        objects.createBucket("lake");
    }

    @AfterAll
    static void close() {
        objects.close();
    }

    @SuppressWarnings("MustBeClosedChecker") // the caller does
    private static Lake lake(String name, Map<String, String> more) throws SQLException {
        var settings = new HashMap<>(objects.settings());
        settings.put("catalog.warehouse", "s3://lake/" + name + "/");
        settings.putAll(more);
        return Lake.open(folder.resolve(name), settings);
    }

    private static List<Path> cached(Lake lake) throws IOException {
        try (var files = Files.walk(lake.data().resolve("objects/lake"))) {
            return files.filter(path -> path.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void tables_are_written_changed_and_read() throws SQLException {
        try (var lake = lake("changes", Map.of())) {
            for (var mode : List.of("copy-on-write", "merge-on-read")) {
                for (var version : List.of(2, 3)) {
                    var table = "t" + version + mode.charAt(0);
                    lake.run(
                            "CREATE TABLE " + table + " (id BIGINT, city VARCHAR, note VARCHAR) PARTITIONED BY (city)"
                                    + " TBLPROPERTIES ('format-version' = '" + version + "', 'write.update.mode' = '"
                                    + mode
                                    + "', 'write.delete.mode' = '" + mode + "', 'write.merge.mode' = '" + mode + "')",
                            "INSERT INTO " + table + " VALUES (1, 'Oslo', 'a'), (2, 'Rome', 'b'), (3, 'Oslo', 'c')",
                            "UPDATE " + table + " SET note = 'x' WHERE id = 3",
                            "DELETE FROM " + table + " WHERE id = 1",
                            "MERGE INTO " + table
                                    + " USING (VALUES (2, 'Rome', 'm'), (4, 'Bern', 'n')) s(id, city, note)"
                                    + " ON " + table + ".id = s.id WHEN MATCHED THEN UPDATE SET note = s.note"
                                    + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.city, s.note)");
                    assertThat(lake.rows("SELECT id, city, note FROM " + table + " ORDER BY id"))
                            .as(table)
                            .containsExactly("2|Rome|m", "3|Oslo|x", "4|Bern|n");
                    lake.run("OPTIMIZE " + table);
                    assertThat(lake.rows("SELECT sum(id), count(*) FROM " + table))
                            .containsExactly("9|3");
                }
            }
            assertThat(lake.rows("SELECT DISTINCT left(file_path, 23) FROM t2c$files"))
                    .containsExactly("s3://lake/changes/publi");
            assertThat(lake.rows("SELECT DISTINCT left(_file, 23) FROM t3m"))
                    .containsExactly("s3://lake/changes/publi");
        }
    }

    @Test
    void branches_transactions_views_and_functions_work_as_they_do_elsewhere() throws SQLException {
        try (var lake = lake("branches", Map.of())) {
            lake.run(
                    "CREATE TABLE t AS SELECT i FROM range(10) r(i)",
                    "CREATE BRANCH dev",
                    "INSERT INTO t AT BRANCH dev VALUES (100)",
                    "CREATE VIEW v AS SELECT max(i) AS m FROM t",
                    "CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$ public class F { public static long f(long x) { return 2 * x; } } $$");
            assertThat(lake.rows("SELECT twice(m) FROM v")).containsExactly("18");
            lake.run("MERGE BRANCH dev INTO main");
            assertThat(lake.rows("SELECT twice(m) FROM v")).containsExactly("200");
            lake.run("BEGIN", "DELETE FROM t WHERE i < 5", "ROLLBACK");
            assertThat(lake.rows("SELECT count(*) FROM t")).containsExactly("11");
            lake.run("BEGIN", "DELETE FROM t WHERE i < 5", "INSERT INTO t VALUES (-1)", "COMMIT");
            assertThat(lake.rows("SELECT count(*), min(i) FROM t")).containsExactly("7|-1");
        }
    }

    @Test
    void what_nothing_names_is_removed_from_the_bucket() throws SQLException {
        objects.createBucket("orphans");
        try (var lake = lake("orphans", Map.of("catalog.warehouse", "s3://orphans"))) {
            lake.run("CREATE TABLE t AS SELECT 1 AS i");
            var file = lake.rows("SELECT file_path FROM t$files").getFirst();
            var key = file.substring("s3://orphans/".length(), file.lastIndexOf('/') + 1) + "orphan.parquet";
            objects.put("orphans", key, "not named");
            assertThat(lake.rows("REMOVE ORPHAN FILES OLDER THAN TIMESTAMP '2100-01-01 00:00:00' FORCE"))
                    .hasSize(1)
                    .allMatch(row -> row.contains("s3://orphans/" + key));
            assertThat(objects.keys("orphans")).doesNotContain(key);
            assertThat(lake.rows("SELECT i FROM t")).containsExactly("1");
            assertThatThrownBy(() -> lake.run("BACKUP TO '/tmp/never'"))
                    .hasMessageContaining("The tables' files are in s3://orphans/");
        }
    }

    @Test
    void a_place_that_the_disk_has_not_is_told_at_the_start() {
        assertThatThrownBy(() -> lake("nowhere", Map.of("catalog.warehouse", "s3://lake/a/../../b")))
                .hasMessageContaining("catalog.warehouse: Object 's3://lake/a/../../b' has no place on the disk");
    }

    @Test
    void what_was_fetched_is_there_after_a_restart_and_what_was_lost_is_fetched_again() throws Exception {
        var sum = "SELECT count(*), sum(i), min(h) FROM t";
        List<String> expected;
        List<Path> files;
        try (var lake = lake("restart", Map.of())) {
            lake.run("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) AS h FROM range(" + ROWS + ") r(i)");
            expected = lake.rows(sum);
            files = cached(lake);
            assertThat(files).isNotEmpty();
        }
        for (var file : files) {
            Files.delete(file);
        }
        try (var lake = lake("restart", Map.of())) {
            assertThat(lake.rows(sum)).isEqualTo(expected);
            assertThat(cached(lake)).isEqualTo(files);
        }
        var reading = files.getFirst();
        var before = Files.getLastModifiedTime(reading);
        try (var lake = lake("restart", Map.of())) {
            assertThat(lake.rows(sum)).isEqualTo(expected);
            assertThat(Files.getLastModifiedTime(reading)).isEqualTo(before);
        }
    }

    @Test
    void a_table_larger_than_the_cache_is_read_and_the_cache_keeps_to_its_size() throws Exception {
        try (var lake = lake("small", Map.of("s3.cache-size", "1MB"))) {
            lake.run("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) AS h FROM range(" + ROWS + ") r(i)");
            for (var part = 0; part < 3; part++) {
                lake.run("INSERT INTO t SELECT i, md5(i::VARCHAR) FROM range(" + ROWS + ") r(i)");
            }
            assertThat(lake.rows("SELECT count(*), count(DISTINCT h) FROM t")).containsExactly(4 * ROWS + "|" + ROWS);
            for (var look = 0; look < LOOKS && !cached(lake).isEmpty(); look++) {
                Thread.sleep(LOOK);
            }
            assertThat(cached(lake)).isEmpty();
        }
    }

    @Test
    void a_server_that_goes_away_fails_statements_and_nothing_else() throws Exception {
        try (var dying = ObjectServer.start(folder.resolve("dying"))) {
            dying.createBucket("mortal");
            var settings = new HashMap<>(dying.settings());
            settings.put("catalog.warehouse", "s3://mortal");
            settings.put("s3.cache-size", "1");
            try (var lake = Lake.open(folder.resolve("mortal"), settings)) {
                lake.run("CREATE TABLE t AS SELECT i FROM range(1000) r(i)");
                dying.kill();
                assertThatThrownBy(() -> lake.rows("SELECT sum(i) FROM t"))
                        .hasMessageContaining("does not answer for 's3://mortal/");
                assertThatThrownBy(() -> lake.run("INSERT INTO t VALUES (1)"))
                        .hasMessageContaining("does not answer for 's3://mortal/");
                assertThat(lake.rows("SELECT 1")).containsExactly("1");
                dying.restart();
                assertThat(lake.rows("SELECT count(*), sum(i) FROM t")).containsExactly("1000|499500");
                lake.run("INSERT INTO t VALUES (1)");
                assertThat(lake.rows("SELECT count(*) FROM t")).containsExactly("1001");
            }
        }
    }
}
