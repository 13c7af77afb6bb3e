package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real server of the protocol. */
final class SqlCommandTest {
    private static DuckDbServer server;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final StringWriter notes = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed below
    static void open() throws IOException {
        server = new DuckDbServer();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private int sql(String... arguments) {
        var console = new Console(data, new PrintWriter(notes, true), OptionalInt::empty);
        var all = Stream.concat(Stream.of("sql", "--url", server.endpoint().toString()), List.of(arguments).stream());
        return Sluice.run(console, all.toArray(String[]::new));
    }

    private String data() {
        return data.toString(StandardCharsets.UTF_8);
    }

    @Test
    void statements_print_their_rows_and_count() {
        assertThat(sql("-c", "SELECT 1 AS one; SELECT 'x' AS x, NULL::INTEGER AS n"))
                .isZero();
        assertThat(data().replaceAll("\\(\\d+\\.\\d m?s\\)", "(T)")).isEqualTo("""
                ┌─────────┐
                │     one │
                │ INTEGER │
                ├─────────┤
                │       1 │
                └─────────┘
                1 row (T)
                ┌─────────┬─────────┐
                │ x       │       n │
                │ VARCHAR │ INTEGER │
                ├─────────┼─────────┤
                │ x       │    NULL │
                └─────────┴─────────┘
                1 row (T)
                """);
    }

    @Test
    void a_change_prints_its_count() {
        assertThat(sql("-c", "CREATE TABLE t (x INTEGER)")).as("%s", notes).isZero();
        assertThat(data()).startsWith("ok (");
    }

    @Test
    void a_script_ends_at_its_first_error_and_says_where() throws IOException {
        var script =
                Files.writeString(folder.resolve("load.sql"), "SELECT 1;\nSELECT 2;  SELECT\n  wrong + 1;\nSELECT 3");
        assertThat(sql("-f", script.toString(), "-F", "csv")).isEqualTo(1);
        assertThat(data()).isEqualTo("1\r\n1\r\n2\r\n2\r\n");
        assertThat(notes.toString()).contains(script + ":3:3: error: Binder Error: ", """
                  3 │   wrong + 1;
                    │   ^
                """);
    }

    @Test
    void an_error_without_a_place_is_at_its_statement() {
        assertThat(sql("-c", "SELECT 1;\n  SELECT error('no place')", "-F", "csv"))
                .isEqualTo(1);
        assertThat(notes.toString()).contains("<command>:2:3: error: ");
    }

    @Test
    void a_file_takes_its_format_from_its_name_and_all_rows() throws IOException {
        var file = folder.resolve("range.csv");
        assertThat(sql("-c", "SELECT range AS n FROM range(5000)", "-o", file.toString()))
                .isZero();
        assertThat(Files.readAllLines(file))
                .hasSize(5_001)
                .startsWith("n", "0", "1")
                .endsWith("4998", "4999");
        assertThat(data()).isEmpty();
    }

    @Test
    void parquet_holds_what_was_asked_for() throws IOException, SQLException {
        var file = folder.resolve("all.parquet");
        var query = "SELECT range AS n, range::VARCHAR AS s, [range] AS l, {'a': range} AS r,"
                + " range * 1.5 AS d, DATE '2001-01-01' AS day FROM range(300000)";
        assertThat(sql("-c", query, "-o", file.toString())).isZero();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) = 300000 AND bool_and(n::VARCHAR = s AND l[1] = n AND r.a = n) FROM '" + file
                                + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
        }
        assertThat(notes.toString()).startsWith("300,000 rows (");
    }

    @Test
    void a_result_that_fails_on_its_way_to_parquet_fails_with_its_own_reason() {
        var query = "SELECT CASE WHEN range = 250000 THEN error('half way') ELSE range END AS n FROM range(300000)";
        assertThat(sql("-c", query, "-o", folder.resolve("half.parquet").toString()))
                .isEqualTo(1);
        assertThat(notes.toString()).contains("<command>:1:1: error: ").doesNotContain("Cannot write Parquet");
    }

    @Test
    void a_binary_file_holds_one_result() {
        assertThat(sql(
                        "-c",
                        "SELECT 1; SELECT 2",
                        "-o",
                        folder.resolve("two.arrow").toString()))
                .isEqualTo(1);
        assertThat(notes.toString()).contains("holds one result");
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_so() {
        var console = new Console(data, new PrintWriter(notes, true), OptionalInt::empty);
        assertThat(Sluice.run(console, "sql", "--port", "1", "-c", "SELECT 1")).isEqualTo(1);
        assertThat(notes.toString())
                .contains("Cannot reach a server at grpc://127.0.0.1:1: start one with ./sluice serve");
    }

    @Test
    void wrong_usage_is_told_in_a_line() {
        assertThat(sql("--format", "xml")).isEqualTo(2);
        assertThat(sql("-c", "SELECT 1", "-f", "x.sql")).isEqualTo(2);
        assertThat(sql("-f", folder.resolve("none.sql").toString())).isEqualTo(2);
        assertThat(notes.toString()).contains("error: Invalid value for option '--format'", "there is no such file");
    }
}
