package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** COPY INTO takes each file once, and does with errors what it is told. */
@ExtendWith(SluiceExtension.class)
final class LoadingTest {
    private static final int LOADERS = 6;

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private String all(String pattern) {
        return "'" + folder.resolve(pattern) + "'";
    }

    // Once

    @Test
    void a_file_is_loaded_once_and_again_when_it_has_changed_or_by_force(Lake lake) throws SQLException, IOException {
        var file = write("a.csv", "id\n1\n");
        lake.run("CREATE TABLE once (id BIGINT)");
        assertThat(lake.update("COPY INTO once FROM " + all("a.csv"))).isEqualTo(1);
        assertThat(lake.update("COPY INTO once FROM " + all("*.csv"))).isZero();
        assertThat(lake.update("COPY INTO once FROM " + all("*.csv") + " FORCE = true"))
                .isEqualTo(1);
        Files.writeString(file, "id\n2\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(lake.update("COPY INTO once FROM " + all("*.csv"))).isEqualTo(1);
        assertThat(lake.rows("SELECT id FROM once ORDER BY id")).containsExactly("1", "1", "2");
    }

    @Test
    void only_the_new_files_of_a_folder_are_loaded(Lake lake) throws SQLException, IOException {
        write("in/2026/01/a.csv", "id\n1\n");
        write("in/_SUCCESS", "");
        assertThat(lake.update("COPY INTO arriving FROM " + all("in") + " (FORMAT csv)"))
                .isEqualTo(1);
        write("in/b.csv", "id\n2\n");
        write("in/2026/02/b.csv", "id\n3\n");
        assertThat(lake.update("COPY INTO arriving FROM " + all("in/**/*.csv"))).isEqualTo(2);
        assertThat(lake.update("COPY INTO arriving FROM " + all("in/") + " (FORMAT csv)"))
                .isZero();
        assertThat(lake.rows("SELECT id FROM arriving ORDER BY id")).containsExactly("1", "2", "3");
    }

    @Test
    void a_branch_remembers_what_it_has_loaded_and_gives_it_to_the_one_it_is_merged_into(Lake lake)
            throws SQLException, IOException {
        write("b.csv", "id\n1\n");
        lake.run("CREATE TABLE branched (id BIGINT)", "CREATE BRANCH nightly");
        var copy = "COPY INTO branched AT BRANCH nightly FROM " + all("b.csv");
        assertThat(lake.update(copy)).isEqualTo(1);
        assertThat(lake.update(copy)).isZero();
        lake.run("CREATE BRANCH other");
        assertThat(lake.update("COPY INTO branched AT BRANCH other FROM " + all("b.csv")))
                .isEqualTo(1);
        lake.run("MERGE BRANCH nightly INTO main");
        assertThat(lake.update("COPY INTO branched FROM " + all("b.csv"))).isZero();
        assertThat(lake.rows("SELECT id FROM branched")).containsExactly("1");
    }

    @Test
    void a_new_table_of_the_same_name_remembers_nothing(Lake lake) throws SQLException, IOException {
        write("c.csv", "id\n1\n");
        for (var round = 0; round < 2; round++) {
            assertThat(lake.update("COPY INTO dropped FROM " + all("c.csv"))).isEqualTo(1);
            lake.run("DROP TABLE dropped");
        }
    }

    @Test
    void many_who_load_the_same_new_files_at_once_load_them_once(Lake lake) throws Exception {
        for (var i = 0; i < 10; i++) {
            write("many/" + i + ".csv", "id\n" + i + "\n");
        }
        var loaders = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < LOADERS; i++) {
            loaders.add(() -> {
                try (var connection = lake.connect("");
                        var statement = connection.createStatement()) {
                    return statement.executeUpdate("COPY INTO raced FROM " + all("many/*.csv"));
                }
            });
        }
        var rows = 0;
        try (var threads = Executors.newFixedThreadPool(LOADERS)) {
            for (var loaded : threads.invokeAll(loaders)) {
                rows += loaded.get();
            }
        }
        assertThat(rows).isEqualTo(10);
        assertThat(lake.rows("SELECT count(*), count(DISTINCT id) FROM raced")).containsExactly("10|10");
    }

    // Which files and columns

    @Test
    void a_pattern_chooses_among_the_files_of_a_folder(Lake lake) throws SQLException, IOException {
        write("p/a-1.csv", "id\n1\n");
        write("p/b-2.csv", "id\n2\n");
        write("p/sub/a-3.csv", "id\n3\n");
        lake.run("COPY INTO chosen FROM " + all("p") + " (FORMAT csv, PATTERN '(.*/)?a-\\d[.]csv')");
        assertThat(lake.rows("SELECT id FROM chosen ORDER BY id")).containsExactly("1", "3");
        assertThatThrownBy(() -> lake.run("COPY INTO chosen FROM " + all("p") + " (FORMAT csv) PATTERN = '('"))
                .hasMessageContaining("is no regular expression");
    }

    @Test
    void named_columns_are_taken_and_the_others_left(Lake lake) throws SQLException, IOException {
        write("n.csv", "surplus,B,a\nx,2,1\n");
        write("bare.csv", "4,3\n");
        lake.run("CREATE TABLE named (a BIGINT, b BIGINT, c BIGINT)");
        lake.run("COPY INTO named (a, b) FROM " + all("n.csv"));
        lake.run("COPY INTO named (b, A) FROM " + all("bare.csv") + " (HEADER false)");
        assertThat(lake.rows("SELECT a, b, c FROM named ORDER BY a")).containsExactly("1|2|null", "3|4|null");
        assertThatThrownBy(() -> lake.run("COPY INTO named (c) FROM " + all("n.csv") + " FORCE"))
                .hasMessageContaining("The files have no column 'c'");
        assertThatThrownBy(() -> lake.run("COPY INTO named (d) FROM " + all("n.csv")))
                .hasMessageContaining("Column 'd' does not exist");
    }

    @Test
    void texts_are_stored_as_they_are_written(Lake lake) throws SQLException, IOException {
        write("t.csv", "code,day\n007,2026-01-02\n1e3,2026-01-03\n");
        write("t.json", "{\"code\": \"2026-01-02T00:00:00Z\", \"day\": \"2026-01-02\"}");
        lake.run("CREATE TABLE texts (code VARCHAR, day DATE)");
        lake.run("COPY INTO texts FROM " + all("t.csv"), "COPY INTO texts FROM " + all("t.json"));
        assertThat(lake.rows("SELECT code, day FROM texts ORDER BY code"))
                .containsExactly("007|2026-01-02", "1e3|2026-01-03", "2026-01-02T00:00:00Z|2026-01-02");
    }

    // Errors

    @Test
    void lines_that_cannot_be_read_are_left_out_where_that_is_wanted(Lake lake) throws SQLException, IOException {
        write("e/good.csv", "id,day\n1,2026-01-01\n");
        write("e/bad.csv", "id,day\n2,2026-01-02\nx,2026-01-02\n3,never\n4\n,2026-01-05\n");
        lake.run("CREATE TABLE lenient (id BIGINT NOT NULL, day DATE)");
        var copy = "COPY INTO lenient FROM " + all("e/*.csv") + " (DELIM ',')";
        assertThatThrownBy(() -> lake.run(copy)).hasMessageContaining("bad.csv");
        assertThat(lake.update(copy + " ON ERROR = CONTINUE")).isEqualTo(2);
        assertThat(lake.rows("SELECT id FROM lenient ORDER BY id")).containsExactly("1", "2");
        assertThat(lake.update(copy + " ON ERROR = CONTINUE")).isZero();
    }

    @Test
    void objects_that_cannot_be_read_are_left_out_where_that_is_wanted(Lake lake) throws SQLException, IOException {
        write("j.json", """
                {"id": 1, "tags": ["a"], "seen": "2026-01-01 10:00:00"}
                {"id": "x", "tags": null}
                {"id": 2, "tags": null, "seen": null}
                {broken
                {"id": 3, "seen": "noon"}
                """);
        lake.run("CREATE TABLE objects (id BIGINT, tags VARCHAR[], seen TIMESTAMP)");
        assertThat(lake.update("COPY INTO objects FROM " + all("j.json") + " (ON_ERROR continue)"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT id, tags[1], seen FROM objects ORDER BY id"))
                .containsExactly("1|a|2026-01-01 10:00:00.0", "2|null|null");
    }

    @Test
    void files_with_errors_are_left_out_as_a_whole_and_tried_again(Lake lake) throws SQLException, IOException {
        for (var i = 0; i < 7; i++) {
            write("s/" + i + ".csv", i == 3 ? "id\n30\nx\n" : "id\n" + i + "\n");
        }
        write("s/7.csv", "id\n7\n");
        lake.run("CREATE TABLE whole (id BIGINT)");
        var copy = "COPY INTO whole FROM " + all("s/*.csv") + " ON ERROR = SKIP_FILE";
        assertThat(lake.update(copy)).isEqualTo(7);
        assertThatThrownBy(() -> lake.run(copy)).hasMessageContaining("1 of 1 files have errors: the first is '");
        write("s/3.csv", "id\n3\n");
        assertThat(lake.update(copy)).isEqualTo(1);
        assertThat(lake.rows("SELECT count(*), sum(id) FROM whole")).containsExactly("8|28");
    }

    @Test
    void a_file_that_is_no_parquet_is_left_out_and_so_are_rows_that_do_not_fit(Lake lake)
            throws SQLException, IOException {
        write("q/broken.parquet", "PAR1 this is not Parquet PAR1");
        lake.run("CREATE TABLE wide (n BIGINT)", "INSERT INTO wide VALUES (1), (5000000000)");
        Files.copy(parquet(lake), folder.resolve("q/big.parquet"));
        lake.run("CREATE TABLE small (n INTEGER)");
        assertThat(lake.update("COPY INTO small FROM " + all("q/*.parquet") + " ON ERROR = CONTINUE"))
                .isEqualTo(1);
        assertThat(lake.rows("SELECT n FROM small")).containsExactly("1");
    }

    private static Path parquet(Lake lake) throws IOException {
        try (var files = Files.walk(lake.data().resolve("warehouse/public"))) {
            return files.filter(file -> file.toString().contains("/wide-")
                            && file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void what_was_left_out_is_told_by_show_loads(Lake lake) throws SQLException, IOException {
        write("l/a.csv", "id\n1\n");
        write("l/b.csv", "id\n2\nx\ny\n");
        write("l/c.csv", "surplus\n4\n");
        lake.run("CREATE TABLE told (id BIGINT)", "CREATE BRANCH untold");
        lake.run("COPY INTO told FROM " + all("l/*.csv") + " (DELIM ',') ON ERROR = CONTINUE");
        assertThat(lake.rows("SHOW LOADS FROM told"))
                .hasSize(3)
                .satisfiesExactly(
                        a -> assertThat(a).contains("a.csv|5|").endsWith("|LOADED|0|null"),
                        b -> assertThat(b)
                                .contains("b.csv|9|")
                                .endsWith("|PARTLY|2|Line 3: Error when converting column \"id\"."
                                        + " Could not convert string \"x\" to 'BIGINT'"),
                        c -> assertThat(c)
                                .contains("|SKIPPED|0|The files have columns that the table has not: surplus"));
        assertThat(lake.rows("SHOW LOADS FROM told AT BRANCH untold")).isEmpty();
    }

    @Test
    void a_word_that_is_no_way_to_treat_errors_is_refused(Lake lake) {
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 'x.csv' ON ERROR = IGNORE"))
                .hasMessageContaining("ON ERROR = IGNORE: expected ABORT, CONTINUE, SKIP_FILE");
        assertThatThrownBy(() -> lake.run("COPY INTO t FROM 'x.csv' (FORCE maybe)"))
                .hasMessageContaining("FORCE = maybe: expected true or false");
    }
}
