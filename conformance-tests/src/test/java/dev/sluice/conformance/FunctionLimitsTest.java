package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where functions run, for how long, and with how much memory. */
@ExtendWith(SluiceExtension.class)
final class FunctionLimitsTest {
    @Test
    void a_function_in_a_process_of_its_own_computes_what_it_computes_here(Lake lake) throws SQLException {
        for (var tier : List.of("SHARED", "PROCESS")) {
            lake.run("CREATE OR REPLACE FUNCTION shout(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA ISOLATION " + tier
                    + " AS $$ class Shout { public static String of(String s) { return s.toUpperCase() + '!'; } } $$");
            assertThat(
                            lake.rows(
                                    "SELECT max(shout('flight ' || i)), count(DISTINCT shout(i::VARCHAR)) FROM range(20000) t(i)"))
                    .containsExactly("FLIGHT 9999!|20000");
        }
        assertThat(lake.rows("DESCRIBE FUNCTION shout")).contains("isolation|PROCESS", "timeout|null");
    }

    @Test
    void a_function_that_never_ends_is_stopped_after_its_timeout(Lake lake) throws SQLException {
        for (var tier : List.of("SHARED", "PROCESS")) {
            lake.run(
                    "CREATE OR REPLACE FUNCTION endless(x BIGINT) RETURNS BIGINT LANGUAGE JAVA ISOLATION " + tier
                            + " TIMEOUT '300ms' AS $$ class Endless { public static long of(long x) { while (true) { x++; } } } $$");
            assertThatThrownBy(() -> lake.rows("SELECT endless(i) FROM range(10) t(i)"))
                    .hasMessageContaining("endless")
                    .hasMessageContaining("It worked for longer than its TIMEOUT of 300 ms");
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void a_regular_expression_without_end_is_stopped_in_a_process(Lake lake) throws SQLException {
        lake.run(
                "CREATE FUNCTION backtracks(s VARCHAR) RETURNS BOOLEAN LANGUAGE JAVA ISOLATION PROCESS TIMEOUT '1s' AS $$"
                        + " class Backtracks { public static boolean of(String s) { return s.matches(\"(.*a){25}\"); } } $$");
        assertThatThrownBy(() -> lake.rows("SELECT backtracks(repeat('a', 24) || repeat('b', 2000))"))
                .hasMessageContaining("TIMEOUT of 1000 ms");
    }

    @Test
    void a_function_that_fills_the_memory_is_stopped(@TempDir Path data) throws SQLException {
        try (var lake =
                Lake.open(data, Map.of("functions.allocation-limit", "64MB", "functions.process-memory", "64MB"))) {
            assertMemoryIsBounded(lake);
        }
    }

    private static void assertMemoryIsBounded(Lake lake) throws SQLException {
        for (var tier : List.of("SHARED", "PROCESS")) {
            lake.run("CREATE OR REPLACE FUNCTION hoard(x BIGINT) RETURNS BIGINT LANGUAGE JAVA ISOLATION " + tier + """
                     AS $$
                    class Hoard {
                        public static long of(long x) {
                            var all = new java.util.ArrayList<byte[]>();
                            while (true) {
                                all.add(new byte[1 << 16]);
                            }
                        }
                    }
                    $$
                    """);
            assertThatThrownBy(() -> lake.rows("SELECT hoard(i) FROM range(10) t(i)"))
                    .hasMessageContaining("hoard")
                    .hasMessageContaining(tier.equals("SHARED") ? "It allocated more than" : "OutOfMemoryError");
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void memory_that_a_function_keeps_from_batch_to_batch_does_not_end_the_server(@TempDir Path data) throws Exception {
        try (var server = Served.start(data, "-Xmx320m", "-XX:+UseG1GC");
                var connection = Lake.connect(server.port(), "");
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE FUNCTION hoard(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$"
                    + " class Hoard { static final java.util.List<byte[]> ALL = new java.util.ArrayList<>();"
                    + " public static long of(long x) { ALL.add(new byte[20_000]); return ALL.size(); } } $$");
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Lake.rows(connection, "SELECT max(hoard(i)) FROM range(10000000) t(i)"))
                        .hasMessageContaining("hoard");
                assertThat(Lake.rows(connection, "SELECT 1")).containsExactly("1");
            }
        }
    }

    @Test
    void what_is_no_time_and_no_place_is_refused(Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE FUNCTION f() RETURNS INT LANGUAGE JAVA TIMEOUT 'soon' AS ''"))
                .hasMessageContaining("'soon' is no time: write a number above 0 and ms, s, m or h");
        assertThatThrownBy(() -> lake.run("CREATE FUNCTION f() RETURNS INT LANGUAGE JAVA ISOLATION NONE AS ''"))
                .hasMessageContaining("Expected PROCESS");
        assertThatThrownBy(() ->
                        lake.run("CREATE AGGREGATE FUNCTION f() RETURNS INT LANGUAGE JAVA ISOLATION PROCESS AS ''"))
                .hasMessageContaining("Only functions of single rows run in processes of their own");
    }
}
