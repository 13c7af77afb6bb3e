package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY INTO takes objects of S3 as it takes files. */
final class ObjectsTest {
    @TempDir
    private static Path folder;

    private static ObjectServer objects;
    private static Lake lake;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    static void open() throws IOException, SQLException {
        objects = ObjectServer.start(folder.resolve("s3"));
        objects.createBucket("inbox");
        lake = lake("lake", Map.of("copy.spool-size", "1MB"));
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
        objects.close();
    }

    @SuppressWarnings("MustBeClosedChecker") // the caller does
    private static Lake lake(String name, Map<String, String> more) throws SQLException {
        var settings = new HashMap<>(objects.settings());
        settings.putAll(more);
        return Lake.open(folder.resolve(name), settings);
    }

    private static void assertNothingIsLeft(Lake any) throws IOException {
        try (var left = Files.list(any.data().resolve("temp"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("s3-"));
        }
    }

    @Test
    void an_object_is_loaded_once_and_again_when_it_has_changed_or_by_force() throws SQLException, IOException {
        objects.put("inbox", "once/a.csv", "id\n1\n");
        lake.run("CREATE TABLE once (id BIGINT)");
        assertThat(lake.update("COPY INTO once FROM 's3://inbox/once/a.csv'")).isEqualTo(1);
        assertThat(lake.update("COPY INTO once FROM 's3://inbox/once/*.csv'")).isZero();
        assertThat(lake.update("COPY INTO once FROM 's3a://inbox/once/*.csv'")).isZero();
        assertThat(lake.update("COPY INTO once FROM 's3://inbox/once/*.csv' FORCE = true"))
                .isEqualTo(1);
        objects.put("inbox", "once/a.csv", "id\n2\n");
        assertThat(lake.update("COPY INTO once FROM 's3://inbox/once/*.csv'")).isEqualTo(1);
        assertThat(lake.rows("SELECT id FROM once ORDER BY id")).containsExactly("1", "1", "2");
        assertThat(lake.rows("SHOW LOADS FROM once")).allMatch(row -> row.startsWith("s3://inbox/once/a.csv|5|"));
        assertNothingIsLeft(lake);
    }

    @Test
    void folders_and_globs_and_patterns_choose_among_objects() throws SQLException {
        objects.put("inbox", "tree/2026/01/a.json", "{\"id\": 1}");
        objects.put("inbox", "tree/2026/02/b.json", "{\"id\": 2}");
        objects.put("inbox", "tree/_SUCCESS", "");
        objects.put("inbox", "tree/_temporary/c.json", "{\"id\": 9}");
        objects.put("inbox", "treehouse/d.json", "{\"id\": 9}");
        assertThat(lake.update("COPY INTO chosen FROM 's3://inbox/tree' (FORMAT json, PATTERN '2026/01/.*')"))
                .isEqualTo(1);
        assertThat(lake.update("COPY INTO chosen FROM 's3://inbox/tree/' (FORMAT json)"))
                .isEqualTo(1);
        assertThat(lake.update("COPY INTO chosen FROM 's3://inbox/tree/2026/**/[ab].json' FORCE"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT id FROM chosen ORDER BY id")).containsExactly("1", "1", "2", "2");
    }

    @Test
    void objects_larger_than_the_disk_may_hold_at_once_come_in_portions_and_one_commit()
            throws SQLException, IOException {
        lake.run("CREATE TABLE wide AS SELECT i, md5(i::VARCHAR) AS h FROM range(200000) t(i)");
        var file = parquet("wide");
        assertThat(Files.size(file)).isGreaterThan(2L << 20);
        objects.put("inbox", "wide/1.parquet", file);
        objects.put("inbox", "wide/2.parquet", file);
        assertThat(lake.update("COPY INTO copies FROM 's3://inbox/wide/*.parquet'"))
                .isEqualTo(400_000);
        assertThat(lake.rows("SELECT count(DISTINCT i), count(DISTINCT h), min(h) FROM copies"))
                .isEqualTo(lake.rows("SELECT count(*), count(*), min(h) FROM wide"));
        assertThat(lake.rows("SELECT count(*) FROM copies$snapshots")).containsExactly("1");
        assertNothingIsLeft(lake);
    }

    private static Path parquet(String table) throws IOException {
        try (var files = Files.walk(lake.data().resolve("warehouse/public"))) {
            return files.filter(file -> file.toString().contains("/" + table + "-")
                            && file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void what_cannot_be_read_is_told_by_the_objects_own_name() throws SQLException {
        objects.put("inbox", "bad/good.csv", "id\n1\n");
        objects.put("inbox", "bad/x.csv", "id\nx\n");
        lake.run("CREATE TABLE strict (id BIGINT)");
        var copy = "COPY INTO strict FROM 's3://inbox/bad/*.csv' (DELIM ',')";
        assertThatThrownBy(() -> lake.run(copy)).hasMessageContaining("s3://inbox/bad/x.csv");
        assertThat(lake.rows("SELECT * FROM strict")).isEmpty();
        assertThat(lake.update(copy + " ON ERROR = CONTINUE")).isEqualTo(1);
        assertThat(lake.rows("SHOW LOADS FROM strict"))
                .anyMatch(row -> row.startsWith("s3://inbox/bad/x.csv|5|") && row.contains("|PARTLY|1|"));
    }

    @Test
    void objects_and_buckets_that_are_not_there_are_named() {
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 's3://inbox/none/*.csv'"))
                .hasMessageContaining("No object matches 's3://inbox/none/*.csv'");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 's3://inbox/none.csv'"))
                .hasMessageContaining("No object matches 's3://inbox/none.csv'");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 's3://other/a.csv'"))
                .hasMessageContaining("There is no bucket 'other'");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 's3://*/a.csv'")).hasMessageContaining("name one bucket");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 's3:///a.csv'"))
                .hasMessageContaining("expected s3://bucket/key");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 'gs://inbox/a.csv'"))
                .hasMessageContaining("so can s3://bucket/key");
    }

    @Test
    void a_wrong_secret_is_refused() throws SQLException {
        objects.put("inbox", "a.csv", "id\n1\n");
        try (var other = lake("other", Map.of("s3.secret-access-key", "another"))) {
            assertThatThrownBy(() -> other.run("COPY INTO t FROM 's3://inbox/*.csv'"))
                    .hasMessageContaining("S3 refuses 's3://inbox/'")
                    .hasMessageContaining("is s3.secret-access-key right?");
        }
    }

    @Test
    void only_the_folders_that_are_allowed_are_read() throws SQLException {
        objects.put("inbox", "open/a.csv", "id\n1\n");
        objects.put("inbox", "opened/a.csv", "id\n1\n");
        try (var strict = lake("strict", Map.of("copy.folders", "/nowhere, s3://inbox/open"))) {
            assertThat(strict.update("COPY INTO t FROM 's3://inbox/open/*.csv'"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> strict.run("COPY INTO t FROM 's3://inbox/opened/a.csv'"))
                    .hasMessageContaining("allowed are files below [/nowhere, s3://inbox/open]");
            assertThatThrownBy(() -> strict.run("COPY INTO t FROM 's3://inbox/*/a.csv'"))
                    .hasMessageContaining("COPY INTO may not read");
        }
    }

    @Test
    void a_server_that_does_not_answer_is_an_error_of_the_statement_alone() throws Exception {
        try (var dead = ObjectServer.start(folder.resolve("dead"))) {
            dead.createBucket("gone");
            dead.put("gone", "a.csv", "id\n1\n");
            try (var other = Lake.open(folder.resolve("left"), dead.settings())) {
                other.run("CREATE TABLE kept (id BIGINT)");
                dead.kill();
                assertThatThrownBy(() -> other.run("COPY INTO kept FROM 's3://gone/*.csv'"))
                        .hasMessageContaining("does not answer for 's3://gone/'");
                dead.restart();
                assertThat(other.update("COPY INTO kept FROM 's3://gone/*.csv'"))
                        .isEqualTo(1);
            }
        }
    }
}
