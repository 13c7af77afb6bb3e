package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Results that are larger than anyone's memory, and clients that stop reading them: through a Flight SQL client. */
@ExtendWith(SluiceExtension.class)
@SuppressWarnings("try") // a stream may be interrupted while it closes
@Timeout(120)
final class StreamingTest {
    /** Ten thousand million rows: none of these tests reads them all. */
    private static final String ENDLESS = "SELECT a.range AS x, b.range AS y FROM range(100000) a, range(100000) b";

    private static final Pattern ROWS = Pattern.compile("\"rows\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A Flight SQL client with cookies, hence with one session. */
    record Client(BufferAllocator allocator, FlightClient flight, FlightSqlClient sql) implements AutoCloseable {
        @MustBeClosed
        @SuppressWarnings("MustBeClosedChecker") // close() does
        static Client open(int port) {
            return open(port, new ClientCookieMiddleware.Factory());
        }

        /** A client of the session that the cookies are of. */
        @MustBeClosed
        @SuppressWarnings("MustBeClosedChecker") // close() does
        static Client open(int port, ClientCookieMiddleware.Factory cookies) {
            var allocator = new RootAllocator();
            var flight = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port))
                    .intercept(cookies)
                    .build();
            return new Client(allocator, flight, new FlightSqlClient(flight));
        }

        @MustBeClosed
        FlightStream stream(String query) {
            var endpoint = sql.execute(query).getEndpoints().getFirst();
            return sql.getStream(endpoint.getTicket());
        }

        /** The running statements of the session, as JSON. */
        String progress() {
            var results = flight.doAction(new Action("sluice.progress"));
            var text = new StringBuilder();
            results.forEachRemaining(result -> text.append(new String(result.getBody(), StandardCharsets.UTF_8)));
            return text.toString();
        }

        /** Asks for the progress until it is as wanted. */
        String await(Predicate<String> wanted) {
            var end = System.nanoTime() + PATIENCE.toNanos();
            for (; ; ) {
                var progress = progress();
                if (wanted.test(progress)) {
                    return progress;
                }
                assertThat(System.nanoTime()).as(progress).isLessThan(end);
            }
        }

        @Override
        public void close() throws SQLException {
            try {
                sql.close();
            } catch (SQLException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            allocator.close();
        }
    }

    private static long rows(String progress) {
        var rows = ROWS.matcher(progress);
        return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }

    @Test
    void a_large_result_arrives_whole(Lake lake) throws Exception {
        try (var client = Client.open(lake.port());
                var stream = client.stream("SELECT range AS n, 'row ' || range AS text FROM range(3000000)")) {
            var rows = 0L;
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
            assertThat(rows).isEqualTo(3_000_000);
        }
    }

    @Test
    void the_first_rows_come_long_before_the_last(Lake lake) throws Exception {
        try (var client = Client.open(lake.port());
                var stream = client.stream(ENDLESS)) {
            assertThat(stream.next()).isTrue();
            assertThat(stream.getRoot().getRowCount()).isPositive();
            stream.cancel("enough", null);
        }
    }

    @Test
    void a_client_that_stops_reading_stops_the_scan(Lake lake) throws Exception {
        try (var client = Client.open(lake.port());
                var stream = client.stream(ENDLESS)) {
            assertThat(stream.next()).isTrue();
            var before = new long[] {-1};
            var still = new int[1];
            var stopped = client.await(progress -> {
                var now = rows(progress);
                still[0] = now == before[0] ? still[0] + 1 : 0;
                before[0] = now;
                return still[0] == 200;
            });
            assertThat(rows(stopped)).isBetween(1L, 5_000_000L);
            stream.cancel("enough", null);
        }
    }

    @Test
    void a_client_that_cancels_ends_its_statement(Lake lake) throws Exception {
        try (var client = Client.open(lake.port());
                var stream = client.stream(ENDLESS)) {
            assertThat(stream.next()).isTrue();
            client.await(progress -> progress.contains("\"id\""));
            stream.cancel("enough", null);
            client.await(progress -> progress.equals("[]"));
        }
    }

    @Test
    void a_client_that_goes_away_ends_its_statement(Lake lake) throws Exception {
        var cookies = new ClientCookieMiddleware.Factory();
        try (var watcher = Client.open(lake.port(), cookies)) {
            assertThat(watcher.progress()).isEqualTo("[]");
            try (var gone = Client.open(lake.port(), cookies);
                    var stream = gone.stream(ENDLESS)) {
                assertThat(stream.next()).isTrue();
                watcher.await(progress -> progress.contains("\"id\""));
            }
            var left = System.nanoTime();
            watcher.await(progress -> progress.equals("[]"));
            assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void errors_carry_code_sqlstate_and_position(Lake lake) throws Exception {
        try (var client = Client.open(lake.port())) {
            assertThatThrownBy(() -> client.sql().execute("SELECT *\nFROM nowhere"))
                    .isInstanceOfSatisfying(FlightRuntimeException.class, e -> {
                        var metadata = e.status().metadata();
                        assertThat(e.status().code()).isEqualTo(FlightStatusCode.NOT_FOUND);
                        assertThat(metadata.get("sluice-code")).isEqualTo("TABLE_NOT_FOUND");
                        assertThat(metadata.get("sqlstate")).isEqualTo("42P01");
                        assertThat(metadata.get("sluice-line")).isEqualTo("2");
                        assertThat(metadata.get("sluice-column")).isEqualTo("6");
                    });
        }
    }

    @Test
    void a_merge_conflict_has_the_sqlstate_of_a_serialization_failure(Lake lake) throws Exception {
        lake.run(
                "CREATE TABLE contested AS SELECT 1 AS id",
                "CREATE BRANCH rival",
                "UPDATE contested AT BRANCH rival SET id = 2",
                "UPDATE contested SET id = 3");
        try (var client = Client.open(lake.port())) {
            assertThatThrownBy(() -> client.sql().executeUpdate("MERGE BRANCH rival INTO main"))
                    .isInstanceOfSatisfying(
                            FlightRuntimeException.class,
                            e -> assertThat(e.status().metadata().get("sqlstate"))
                                    .isEqualTo("40001"));
        }
    }

    @Test
    void transactions_have_their_own_codes(Lake lake) throws Exception {
        try (var client = Client.open(lake.port())) {
            assertThatThrownBy(() -> client.sql().executeUpdate("COMMIT"))
                    .isInstanceOfSatisfying(FlightRuntimeException.class, e -> {
                        assertThat(e.status().metadata().get("sluice-code")).isEqualTo("NO_ACTIVE_TRANSACTION");
                        assertThat(e.status().metadata().get("sqlstate")).isEqualTo("25P01");
                    });
        }
    }

    @Test
    void transactions_of_the_protocol_are_apart_from_the_session_and_from_each_other(Lake lake) throws Exception {
        lake.run("CREATE TABLE by_protocol (id BIGINT)");
        try (var client = Client.open(lake.port())) {
            var sql = client.sql();
            var one = sql.beginTransaction();
            var two = sql.beginTransaction();
            sql.executeUpdate("INSERT INTO by_protocol VALUES (1)", one);
            sql.executeUpdate("INSERT INTO by_protocol VALUES (2)", two);
            try (var insert = sql.prepare("INSERT INTO by_protocol VALUES (3)", one)) {
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            sql.executeUpdate("INSERT INTO by_protocol VALUES (4)");
            assertThat(lake.rows("SELECT id FROM by_protocol")).containsExactly("4");
            sql.commit(one);
            sql.rollback(two);
            assertThat(lake.rows("SELECT id FROM by_protocol ORDER BY id")).containsExactly("1", "3", "4");
            assertThatThrownBy(() -> sql.executeUpdate("INSERT INTO by_protocol VALUES (5)", one))
                    .isInstanceOfSatisfying(
                            FlightRuntimeException.class,
                            e -> assertThat(e.status().metadata().get("sqlstate"))
                                    .isEqualTo("25P01"));
        }
    }

    @Test
    void the_types_are_listed(Lake lake) throws Exception {
        try (var client = Client.open(lake.port())) {
            var endpoint = client.sql().getXdbcTypeInfo().getEndpoints().getFirst();
            try (var stream = client.sql().getStream(endpoint.getTicket())) {
                var names = new ArrayList<String>();
                while (stream.next()) {
                    var root = stream.getRoot();
                    for (var row = 0; row < root.getRowCount(); row++) {
                        names.add(String.valueOf(root.getVector("type_name").getObject(row)));
                    }
                }
                assertThat(names).contains("BIGINT", "VARCHAR", "DECIMAL", "TIMESTAMP");
            }
        }
    }
}
