package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, which is killed, asked to end, or not let in. */
@Timeout(120)
final class CrashTest {
    private static final int ROWS_OF_AN_INSERT = 100;

    @TempDir
    private Path data;

    @Test
    void a_server_that_is_killed_keeps_every_acknowledged_row_and_no_half_insert()
            throws IOException, SQLException, InterruptedException {
        var acknowledged = new AtomicInteger();
        var enough = new CountDownLatch(10);
        try (var server = Served.start(data);
                var writer = Executors.newSingleThreadExecutor()) {
            var port = server.port();
            try (var connection = Lake.connect(port, "");
                    var statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE stream (batch BIGINT, n BIGINT)");
            }
            writer.execute(() -> insertUntilKilled(port, acknowledged, enough));
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            server.kill();
            server.await(Duration.ofSeconds(30));
        }
        var known = acknowledged.get();
        try (var server = Served.start(data);
                var connection = Lake.connect(server.port(), "")) {
            var batches =
                    Lake.rows(connection, "SELECT batch, count(*), sum(n) FROM stream GROUP BY batch ORDER BY batch");
            var whole = new ArrayList<String>();
            for (var batch = 0; batch < batches.size(); batch++) {
                whole.add(batch + "|" + ROWS_OF_AN_INSERT + "|4950");
            }
            assertThat(batches).isEqualTo(whole);
            assertThat(batches.size()).isBetween(known, known + 1);
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("INSERT INTO stream VALUES (-1, 0)"))
                        .isEqualTo(1);
            }
        }
    }

    private static void insertUntilKilled(int port, AtomicInteger acknowledged, CountDownLatch enough) {
        try (var connection = Lake.connect(port, "");
                var statement = connection.createStatement()) {
            for (var batch = 0; ; batch++) {
                statement.executeUpdate(
                        "INSERT INTO stream SELECT " + batch + ", range FROM range(" + ROWS_OF_AN_INSERT + ")");
                acknowledged.set(batch + 1);
                enough.countDown();
            }
        } catch (SQLException | RuntimeException e) {
            // the server is gone, as it should be
        }
    }

    @Test
    void a_server_that_is_asked_to_end_exits_with_0_and_keeps_its_rows()
            throws IOException, SQLException, InterruptedException {
        try (var server = Served.start(data)) {
            try (var connection = Lake.connect(server.port(), "");
                    var statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE kept AS SELECT 1 AS id");
                server.end();
                assertThat(server.await(Duration.ofSeconds(30))).isZero();
            }
        }
        try (var server = Served.start(data);
                var connection = Lake.connect(server.port(), "")) {
            assertThat(Lake.rows(connection, "SELECT id FROM kept")).containsExactly("1");
        }
    }

    @Test
    void a_server_that_is_asked_to_end_cancels_what_runs_on() throws IOException, SQLException, InterruptedException {
        try (var server = Served.start(data);
                var reader = Executors.newSingleThreadExecutor()) {
            var port = server.port();
            var started = new CountDownLatch(1);
            reader.execute(() -> {
                try (var connection = Lake.connect(port, "")) {
                    started.countDown();
                    Lake.rows(connection, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b");
                } catch (SQLException | RuntimeException e) {
                    // cancelled
                }
            });
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            server.end();
            assertThat(server.await(Duration.ofSeconds(30))).isZero();
        }
    }

    @Test
    void a_folder_in_use_lets_no_second_server_in() throws IOException, SQLException, InterruptedException {
        try (var first = Served.start(data)) {
            var port = first.port();
            try (var second = Served.start(data)) {
                assertThat(second.await(Duration.ofSeconds(30))).isEqualTo(2);
                var said =
                        second.said().stream().filter(line -> !line.isBlank()).toList();
                assertThat(said)
                        .hasSize(1)
                        .first()
                        .asString()
                        .startsWith("error: ")
                        .contains(data.toString());
            }
            try (var connection = Lake.connect(port, "")) {
                assertThat(Lake.rows(connection, "SELECT 1")).containsExactly("1");
            }
        }
    }
}
