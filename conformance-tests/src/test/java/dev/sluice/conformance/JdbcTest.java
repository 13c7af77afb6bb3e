package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stock JDBC driver against a real server. */
@ExtendWith(SluiceExtension.class)
final class JdbcTest {
    @Test
    void rows_that_are_inserted_are_read_back_by_a_parameter(Lake lake) throws SQLException {
        lake.update("CREATE TABLE orders (id BIGINT NOT NULL, who VARCHAR, total DECIMAL(10, 2))");
        assertThat(lake.update("INSERT INTO orders VALUES (1, 'ann', 1.50), (2, 'bob', 2.25), (3, 'cy', 9)"))
                .isEqualTo(3);
        try (var statement = lake.connection().prepareStatement("SELECT who, total FROM orders WHERE id = ?")) {
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
    void updates_and_deletes_tell_how_many_rows_they_changed(Lake lake) throws SQLException {
        lake.update("CREATE TABLE stock AS SELECT range AS id, 10 AS amount FROM range(10)");
        assertThat(lake.update("UPDATE stock SET amount = amount + 1 WHERE id < 4"))
                .isEqualTo(4);
        assertThat(lake.update("DELETE FROM stock WHERE id >= 8")).isEqualTo(2);
        assertThat(lake.rows("SELECT count(*), sum(amount) FROM stock")).containsExactly("8|84");
    }

    @Test
    void a_branch_keeps_its_rows_until_it_is_merged(Lake lake) throws SQLException {
        lake.update("CREATE TABLE guests (name VARCHAR)");
        lake.update("INSERT INTO guests VALUES ('ann')");
        lake.update("CREATE BRANCH dev");
        lake.update("INSERT INTO guests AT BRANCH dev VALUES ('bob')");
        assertThat(lake.rows("SELECT name FROM guests")).containsExactly("ann");
        assertThat(lake.rows("SELECT name FROM guests AT BRANCH dev ORDER BY name"))
                .containsExactly("ann", "bob");
        lake.update("MERGE BRANCH dev INTO main");
        assertThat(lake.rows("SELECT name FROM guests ORDER BY name")).containsExactly("ann", "bob");
    }

    @Test
    void a_java_function_runs_inside_a_query(Lake lake) throws SQLException {
        lake.update("""
                CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$
                public class Twice { public static long twice(long x) { return 2 * x; } }
                $$""");
        assertThat(lake.rows("SELECT twice(range) FROM range(3)")).containsExactly("0", "2", "4");
    }

    @Test
    void tables_and_columns_are_listed(Lake lake) throws SQLException {
        lake.update("CREATE TABLE listed (id INTEGER, at TIMESTAMP)");
        var columns = new ArrayList<String>();
        try (var result = lake.connection().getMetaData().getColumns(null, "public", "listed", null)) {
            while (result.next()) {
                columns.add(result.getString("COLUMN_NAME") + " " + result.getInt("DATA_TYPE"));
            }
        }
        assertThat(columns).containsExactly("id " + Types.INTEGER, "at " + Types.TIMESTAMP);
    }

    @Test
    void bad_statements_fail_and_the_server_goes_on(Lake lake) throws SQLException {
        for (var sql : List.of(
                "SELEC 1",
                "SELECT * FROM nowhere",
                "SELECT nothing FROM (SELECT 1 AS a)",
                "SELECT no_such_function(1)",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "ATTACH '/tmp/x.db'",
                "COPY INTO t FROM '/no/such/file.csv'")) {
            assertThatThrownBy(() -> lake.rows(sql)).as(sql).isInstanceOf(SQLException.class);
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }
}
