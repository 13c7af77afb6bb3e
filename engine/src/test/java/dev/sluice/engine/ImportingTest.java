package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportingTest {
    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private OpenEngine lake;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test
    void open() {
        lake = new OpenEngine(root);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private ImportFiles files(String format, Map<String, String> options, String... texts) throws IOException {
        var paths = new ArrayList<Path>();
        for (var text : texts) {
            paths.add(Files.writeString(elsewhere.resolve(paths.size() + "." + format), text));
        }
        return new ImportFiles(format, paths, options);
    }

    private List<List<@Nullable String>> imported(ImportFiles files, String columns) {
        var schema = OpenEngine.withIds(lake.engine().inferSchema(files));
        var written = lake.engine()
                .importFiles(files, lake.target(schema), new Cancellation())
                .files();
        return lake.rows("SELECT " + columns + " FROM " + lake.from(schema, written) + " ORDER BY ALL");
    }

    @Test
    void csv_is_read_with_its_own_types_and_options() throws IOException {
        assertThat(imported(
                        files("csv", Map.of(), "id,born\n1,2020-01-02\n2,\n", "id,born\n3,2021-01-02\n"),
                        "*, typeof(born)"))
                .containsExactly(
                        List.of("1", "18263", "DATE"), Arrays.asList("2", null, "DATE"), List.of("3", "18629", "DATE"));
        var options = Map.of("delim", "';'", "header", "false", "names", "['a', 'b']", "decimal_separator", "','");
        assertThat(imported(files("csv", options, "1;2,5\n"), "a, b")).containsExactly(List.of("1", "2.5"));
    }

    @Test
    void json_is_read_with_nested_columns() throws IOException {
        assertThat(imported(files("json", Map.of(), "{\"a\": 1, \"b\": {\"c\": [1, 2]}}\n{\"a\": 2}\n"), "a, b.c[2]"))
                .containsExactly(List.of("1", "2"), Arrays.asList("2", null));
    }

    @Test
    void parquet_is_read() {
        var schema = lake.table("SELECT 1::BIGINT AS a");
        var written = lake.write("SELECT range FROM range(5)", lake.target(schema));
        var files = new ImportFiles("parquet", List.of(written.getFirst().path()), Map.of());
        assertThat(imported(files, "sum(a)")).containsExactly(List.of("10"));
    }

    @Test
    void a_uuid_column_of_a_file_becomes_one_of_the_table() throws IOException {
        var text = "u\nd9b1b2f4-0000-4000-8000-000000000001\n";
        var files = files("csv", Map.of("types", "{'u': 'UUID'}"), text);
        assertThat(imported(files, "u, typeof(u)"))
                .containsExactly(List.of("d9b1b2f4-0000-4000-8000-000000000001", "UUID"));
    }

    @Test
    void columns_find_their_places_by_name_and_are_cast() throws IOException {
        var schema = lake.table("SELECT 'x' AS name, 1::BIGINT AS id, DATE '2020-01-01' AS born");
        var files = files("csv", Map.of(), "ID,Name\n7,12\n");
        var written = lake.engine()
                .importFiles(files, lake.target(schema), new Cancellation())
                .files();
        assertThat(lake.rows("SELECT id, name, born FROM " + lake.from(schema, written)))
                .containsExactly(Arrays.asList("7", "12", null));
    }

    @Test
    void a_column_that_the_table_has_not_is_named() throws IOException {
        var schema = lake.table("SELECT 1::BIGINT AS id");
        var files = files("csv", Map.of(), "id,colour\n7,red\n");
        var thrown = catchThrowableOfType(
                FailureException.class,
                () -> lake.engine().importFiles(files, lake.target(schema), new Cancellation()));
        assertThat(thrown.failure().code()).isEqualTo(Code.COLUMN_NOT_FOUND);
        assertThat(thrown).hasMessageContaining("colour");
    }

    @Test
    void a_value_that_does_not_fit_fails_and_leaves_nothing() throws IOException {
        var schema = lake.table("SELECT 1::BIGINT AS id");
        var files = files("csv", Map.of(), "id\nseven\n");
        var thrown = catchThrowableOfType(
                EngineFailure.class, () -> lake.engine().importFiles(files, lake.target(schema), new Cancellation()));
        assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_CAST);
        assertThat(thrown.offset()).isEmpty();
        assertThat(lake.files()).isEmpty();
    }

    @Test
    void a_missing_file_and_a_wrong_option_are_told() throws IOException {
        var missing = new ImportFiles("csv", List.of(elsewhere.resolve("nope.csv")), Map.of());
        var thrown =
                catchThrowableOfType(FailureException.class, () -> lake.engine().inferSchema(missing));
        assertThat(thrown.failure().code()).isEqualTo(Code.FILE_NOT_FOUND);
        var wrong = files("csv", Map.of("nope", "1"), "a\n1\n");
        assertThat(catchThrowableOfType(EngineFailure.class, () -> lake.engine().inferSchema(wrong)))
                .hasMessageContaining("nope");
    }

    @Test
    void a_line_that_cannot_be_read_is_told_without_advice() throws IOException {
        var schema = lake.table("SELECT 1::BIGINT AS id, 'x' AS n");
        var good = "1,x\n".repeat(30_000);
        var csv = files("csv", Map.of(), "id,n\n" + good + "seven," + "y".repeat(1000) + "\n");
        assertThat(failure(csv, schema))
                .startsWith("CSV Error on Line: 30002. Original Line: seven,yyy")
                .endsWith(
                        "…. Error when converting column \"id\". Could not convert string \"seven\" to 'BIGINT' in file '"
                                + csv.files().getFirst() + "'")
                .hasSizeLessThan(500);
        var wide = files("csv", Map.of(), "id,n\n" + good + "1,2,3,4\n");
        assertThat(failure(wide, schema))
                .isEqualTo("CSV Error on Line: 30002. Original Line: 1,2,3,4. Expected Number of Columns: 2 Found: 3"
                        + " in file '" + wide.files().getFirst() + "'");
        var json = files("json", Map.of("columns", "{'id': 'INTEGER'}"), "{\"id\": 1}\n{\"id\": \"x\"}\n");
        assertThat(failure(json, schema)).endsWith("in line 2: Failed to cast value to numerical: \"x\"");
        var sniffed = files("csv", Map.of("delim", "'|'", "quote", "'\"'"), "a|b\n\"x\n");
        assertThat(failure(sniffed, schema))
                .contains("0.csv")
                .doesNotContain("Possible")
                .hasSizeLessThan(300);
    }

    @Test
    void columns_of_csv_without_a_header_go_by_their_places() throws IOException {
        var schema = lake.table("SELECT 1::BIGINT AS id, 'x' AS name");
        for (var header : List.of("false", "0", "'no'")) {
            var files = files("csv", Map.of("header", header), "7,8\n9,a\n");
            var written = lake.engine()
                    .importFiles(files, lake.target(schema), new Cancellation())
                    .files();
            assertThat(lake.rows("SELECT id, name FROM " + lake.from(schema, written)))
                    .containsExactly(List.of("7", "8"), List.of("9", "a"));
        }
        var named = files("csv", Map.of("header", "false", "names", "['name', 'id']"), "8,7\n");
        var written = lake.engine()
                .importFiles(named, lake.target(schema), new Cancellation())
                .files();
        assertThat(lake.rows("SELECT id, name FROM " + lake.from(schema, written)))
                .containsExactly(List.of("7", "8"));
    }

    @Test
    void csv_without_a_header_that_has_too_many_columns_is_refused() throws IOException {
        var files = files("csv", Map.of("header", "false"), "7,8,9\n");
        var schema = lake.table("SELECT 1::BIGINT AS id, 'x' AS name");
        assertThat(failure(files, schema)).contains("3 columns", "has 2").doesNotContain("column0");
        assertThat(lake.files()).isEmpty();
    }

    private String failure(ImportFiles files, Schema schema) {
        return String.valueOf(catchThrowableOfType(
                        RuntimeException.class,
                        () -> lake.engine().importFiles(files, lake.target(schema), new Cancellation()))
                .getMessage());
    }
}
