package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stock JDBC driver against a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JdbcTest {
    private SluiceServer server;
    private Connection connection;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path data) throws SQLException {
        server = SluiceServer.open(ServerConfig.read(
                Optional.empty(), Map.of("data.folder", data.toString(), "flight.port", "0", "engine.memory", "1GB")));
        connection = DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + server.port() + "/?useEncryption=false");
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    private int update(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Test
    void rows_that_are_inserted_are_read_back_by_a_parameter() throws SQLException {
        update("CREATE TABLE orders (id BIGINT NOT NULL, who VARCHAR, total DECIMAL(10, 2))");
        assertThat(update("INSERT INTO orders VALUES (1, 'ann', 1.50), (2, 'bob', 2.25), (3, 'cy', 9)"))
                .isEqualTo(3);
        try (var statement = connection.prepareStatement("SELECT who, total FROM orders WHERE id = ?")) {
            statement.setLong(1, 2);
            try (var result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo("bob");
                assertThat(result.getBigDecimal(2)).isEqualTo(new BigDecimal("2.25"));
                var columns = result.getMetaData();
                assertThat(columns.getColumnLabel(2)).isEqualTo("total");
                assertThat(columns.getColumnType(2)).isEqualTo(Types.DECIMAL);
                assertThat(columns.getPrecision(2)).isEqualTo(10);
                assertThat(columns.getScale(2)).isEqualTo(2);
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void updates_and_deletes_tell_how_many_rows_they_changed() throws SQLException {
        update("CREATE TABLE stock AS SELECT range AS id, 10 AS amount FROM range(10)");
        assertThat(update("UPDATE stock SET amount = amount + 1 WHERE id < 4")).isEqualTo(4);
        assertThat(update("DELETE FROM stock WHERE id >= 8")).isEqualTo(2);
        assertThat(rows("SELECT count(*), sum(amount) FROM stock")).containsExactly("8|84");
    }

    @Test
    void a_branch_keeps_its_rows_until_it_is_merged() throws SQLException {
        update("CREATE TABLE guests (name VARCHAR)");
        update("INSERT INTO guests VALUES ('ann')");
        update("CREATE BRANCH dev");
        update("INSERT INTO guests AT BRANCH dev VALUES ('bob')");
        assertThat(rows("SELECT name FROM guests")).containsExactly("ann");
        assertThat(rows("SELECT name FROM guests AT BRANCH dev ORDER BY name")).containsExactly("ann", "bob");
        update("MERGE BRANCH dev INTO main");
        assertThat(rows("SELECT name FROM guests ORDER BY name")).containsExactly("ann", "bob");
    }

    @Test
    void a_java_function_runs_inside_a_query() throws SQLException {
        update("""
                CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$
                public class Twice { public static long twice(long x) { return 2 * x; } }
                $$""");
        assertThat(rows("SELECT twice(range) FROM range(3)")).containsExactly("0", "2", "4");
    }

    @Test
    void tables_and_columns_are_listed() throws SQLException {
        update("CREATE TABLE listed (id INTEGER, at TIMESTAMP)");
        var columns = new ArrayList<String>();
        try (var result = connection.getMetaData().getColumns(null, "public", "listed", null)) {
            while (result.next()) {
                columns.add(result.getString("COLUMN_NAME") + " " + result.getInt("DATA_TYPE"));
            }
        }
        assertThat(columns).containsExactly("id " + Types.INTEGER, "at " + Types.TIMESTAMP);
    }

    @Test
    void bad_statements_fail_and_the_server_goes_on() throws SQLException {
        for (var sql : List.of(
                "SELEC 1",
                "SELECT * FROM nowhere",
                "SELECT nothing FROM (SELECT 1 AS a)",
                "SELECT no_such_function(1)",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "ATTACH '/tmp/x.db'",
                "COPY INTO t FROM '/no/such/file.csv'")) {
            assertThatThrownBy(() -> rows(sql)).as(sql).isInstanceOf(SQLException.class);
        }
        assertThat(rows("SELECT 1")).containsExactly("1");
    }
}
