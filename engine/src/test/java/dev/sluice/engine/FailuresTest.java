package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
    @TempDir
    Path root;

    /** A bar in the text marks the place that the failure tells. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            |SELCT 1                                        ; SYNTAX_ERROR       ; syntax error at or near "SELCT"
            SELECT 'äöü😀' AS x, |nope FROM range(1)         ; COLUMN_NOT_FOUND   ; "nope"
            SELECT 1 FROM |nope                             ; TABLE_NOT_FOUND    ; nope
            SELECT t.nope FROM range(1) AS t               ; COLUMN_NOT_FOUND   ; 'nope'
            SELECT |x.a FROM range(1) AS t                  ; TABLE_NOT_FOUND    ; "x"
            SELECT |nope(1)                                 ; FUNCTION_NOT_FOUND ; nope
            SELECT |abs(DATE '2020-01-01')                  ; TYPE_MISMATCH      ; abs
            SELECT |a FROM (SELECT 1 AS a), (SELECT 2 AS a) ; AMBIGUOUS_NAME     ; "a"
            SELECT 'a'|::INTEGER                            ; INVALID_CAST       ; 'a'
            SELECT CASE WHEN range = 9_000_000 THEN 'a' ELSE '1' END|::INTEGER FROM range(10_000_000) ; INVALID_CAST ; 'a'
            SELECT '1'::BIT, 'a'|::INTEGER                  ; INVALID_CAST       ; 'a'
            SELECT '1'::BIT, CASE WHEN range = 9_000_000 THEN 'a' ELSE '1' END|::INTEGER FROM range(10_000_000) ; INVALID_CAST ; 'a'
            SELECT 9223372036854775807 + 1::BIGINT         ; VALUE_OUT_OF_RANGE ; Overflow
            SELECT 300::TINYINT                            ; INVALID_CAST       ; 300
            SELECT 1 // 0                                  ; DIVISION_BY_ZERO   ; Division by zero
            SELECT error('boom')                           ; INVALID_VALUE      ; boom
            SELECT 1 WHERE 1                               ;                    ;
            SELECT * FROM read_csv('/etc/hostname')        ; FORBIDDEN          ; /etc/hostname
            SELECT * FROM '/etc/hostname.csv'              ; FORBIDDEN          ;
            COPY (SELECT 1) TO '/tmp/never.csv'            ; FORBIDDEN          ;
            ATTACH '/tmp/never.db'                         ; FORBIDDEN          ;
            INSTALL httpfs                                 ; FORBIDDEN          ;
            SET threads = 1                                ; INVALID_VALUE      ; locked
            SET errors_as_json = false                     ; INVALID_VALUE      ; locked
            """)
    void each_failure_has_a_code_a_message_and_where_there_is_one_a_place(String marked, Code code, String message) {
        var sql = marked.replace("|", "");
        try (var lake = new OpenEngine(root)) {
            if (code == null) {
                assertThat(lake.rows(sql)).hasSize(1);
                return;
            }
            var thrown = catchThrowableOfType(EngineFailure.class, () -> drain(lake, sql));
            assertThat(thrown).isNotNull();
            assertThat(thrown.failure().code()).isEqualTo(code);
            assertThat(thrown.failure().message())
                    .contains(message == null ? "" : message)
                    .doesNotContain("LINE 1", "\n")
                    .doesNotEndWith(".");
            if (marked.contains("|")) {
                assertThat(thrown.offset()).hasValue(marked.indexOf('|'));
            }
            assertThat(lake.rows("SELECT 1")).hasSize(1);
        }
    }

    private static void drain(OpenEngine lake, String sql) {
        try (var execution = lake.start(sql)) {
            while (execution.next()) {
                assertThat(execution.root().getRowCount()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            SELECT nocol FROM h      ; Referenced column "nocol" not found in FROM clause
            SELECT sluice_row FROM h ; Referenced column "sluice_row" not found in FROM clause
            SELECT ix FROM h         ; Referenced column "ix" not found in FROM clause. Candidate bindings: "iy"
            SELECT sluice_hash_tex(1) ; Scalar Function with name sluice_hash_tex does not exist
            """)
    void names_of_our_own_are_no_candidates(String sql, String message) {
        try (var lake = new OpenEngine(root)) {
            var from = "FROM (SELECT 1 AS iy, '' AS __sluice_file, 2 AS __sluice_row) AS h";
            var thrown = catchThrowableOfType(
                    EngineFailure.class, () -> lake.engine().describe(sql.replace("FROM h", from)));
            assertThat(thrown.failure().message()).startsWith(message).doesNotContain("__sluice");
        }
    }

    @Test
    void a_query_that_needs_more_memory_than_there_is_fails_alone() {
        try (var lake = new OpenEngine(root)) {
            var thrown = catchThrowableOfType(
                    EngineFailure.class,
                    () -> lake.rows("SELECT length(string_agg(repeat('x', 1000) || range, '')) FROM range(2_000_000)"));
            assertThat(thrown.failure().code()).isEqualTo(Code.OUT_OF_MEMORY);
            assertThat(thrown.failure().message()).contains("engine.memory").doesNotContain("SET ");
            assertThat(lake.rows("SELECT 1")).hasSize(1);
        }
    }

    @Test
    void a_text_that_duckdb_cannot_parse_has_a_position() {
        try (var lake = new OpenEngine(root)) {
            assertThat(lake.engine().parse("FROM range(3)")).contains("\"error\":false", "range");
            var thrown = catchThrowableOfType(
                    FailureException.class, () -> lake.engine().parse("SELECT 'ä',\n  FRM x y z"));
            assertThat(thrown.failure().code()).isEqualTo(Code.SYNTAX_ERROR);
            assertThat(thrown.failure().position())
                    .hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(2));
        }
    }

    @Test
    void a_plan_is_shown_and_not_run() {
        try (var lake = new OpenEngine(root)) {
            assertThat(lake.engine().explain(OpenEngine.query("SELECT error('x'), ? FROM range(1)", 1L)))
                    .contains("RANGE");
            assertThat(lake.engine().functionNames()).contains("abs", "list_transform", "read_csv");
        }
    }

    @Test
    void a_plan_has_paths_below_the_warehouse_and_straight_boxes() {
        try (var lake = new OpenEngine(root)) {
            var schema = lake.table("SELECT 1::BIGINT AS a");
            var files = lake.write("SELECT range FROM range(100)", lake.target(schema));
            var sql = "SELECT a FROM " + lake.from(schema, files) + " WHERE a <> 5";
            var plan = lake.engine().explainAnalyze(new EngineQuery(sql), new Cancellation());
            assertThat(plan).contains("│ t/data/").doesNotContain(root.toString());
            var lines = plan.lines().toList();
            var file = lines.indexOf(plan.lines()
                    .filter(line -> line.contains("t/data/"))
                    .findFirst()
                    .orElseThrow());
            assertThat(lines.get(file)).hasSameSizeAs(lines.get(file - 1)).hasSameSizeAs(lines.get(file + 1));
            assertThat(lake.engine().explain(new EngineQuery(sql))).doesNotContain(root.toString());
        }
    }
}
