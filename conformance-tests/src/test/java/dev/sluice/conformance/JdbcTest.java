package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock JDBC driver against a real server. */
@ExtendWith(SluiceExtension.class)
final class JdbcTest {
    private static final String ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b";

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

    static Stream<Arguments> parameters() {
        return Stream.of(
                arguments("BOOLEAN", true, "true"),
                arguments("INTEGER", Integer.MIN_VALUE, "-2147483648"),
                arguments("BIGINT", Long.MAX_VALUE, "9223372036854775807"),
                arguments("REAL", 1.5f, "1.5"),
                arguments("DOUBLE", 1e300, "1e300"),
                arguments("DECIMAL(10, 2)", new BigDecimal("12345678.91"), "12345678.91"),
                arguments("VARCHAR", "é'--", "'é''--'"),
                arguments("BLOB", new byte[] {0, -1}, "'\\x00\\xFF'::BLOB"),
                arguments("DATE", Date.valueOf("2024-02-29"), "DATE '2024-02-29'"),
                arguments(
                        "TIMESTAMP",
                        Timestamp.valueOf("2024-02-29 01:02:03.456"),
                        "TIMESTAMP '2024-02-29 01:02:03.456'"),
                arguments("TIME", Time.valueOf("01:02:03"), "TIME '01:02:03'"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_parameter_of_each_type_is_bound(String type, Object value, String literal, Lake lake) throws SQLException {
        lake.run("DROP TABLE IF EXISTS typed", "CREATE TABLE typed (v " + type + ")");
        lake.run("INSERT INTO typed VALUES (" + literal + "), (NULL)");
        try (var query = lake.connection().prepareStatement("SELECT count(*) FROM typed WHERE v = ?")) {
            query.setObject(1, value);
            try (var rows = query.executeQuery()) {
                assertThat(Lake.rows(rows)).containsExactly("1");
            }
        }
        try (var insert = lake.connection().prepareStatement("INSERT INTO typed VALUES (?)")) {
            insert.setObject(1, value);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertThat(lake.rows("SELECT count(*) FROM typed WHERE v = " + literal)).containsExactly("2");
        try (var update = lake.connection().prepareStatement("UPDATE typed SET v = ? WHERE v IS NULL")) {
            update.setObject(1, value);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        assertThat(lake.rows("SELECT count(*) FROM typed WHERE v = " + literal)).containsExactly("3");
    }

    @Test
    void a_null_parameter_is_null(Lake lake) throws SQLException {
        lake.run("CREATE TABLE nullable (id BIGINT, s VARCHAR)");
        try (var insert = lake.connection().prepareStatement("INSERT INTO nullable VALUES (?, ?)")) {
            insert.setLong(1, 1);
            insert.setNull(2, Types.VARCHAR);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertThat(lake.rows("SELECT id, s FROM nullable")).containsExactly("1|null");
    }

    @Test
    void a_prepared_query_runs_again_with_other_values(Lake lake) throws SQLException {
        lake.run("CREATE TABLE numbers AS SELECT range AS n FROM range(100)");
        try (var query = lake.connection().prepareStatement("SELECT count(*) FROM numbers WHERE n BETWEEN ? AND ?")) {
            for (var to = 10; to < 13; to++) {
                query.setLong(1, 5);
                query.setLong(2, to);
                try (var rows = query.executeQuery()) {
                    assertThat(Lake.rows(rows)).containsExactly(Integer.toString(to - 4));
                }
            }
        }
    }

    @Test
    void a_batch_inserts_each_of_its_rows(Lake lake) throws SQLException {
        lake.run("CREATE TABLE batched (id BIGINT, s VARCHAR)");
        try (var insert = lake.connection().prepareStatement("INSERT INTO batched VALUES (?, ?)")) {
            for (var id = 0; id < 20; id++) {
                insert.setLong(1, id);
                insert.setString(2, "row " + id);
                insert.addBatch();
            }
            assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(20);
        }
        assertThat(lake.rows("SELECT count(*), count(DISTINCT s), sum(id) FROM batched"))
                .containsExactly("20|20|190");
    }

    @Test
    void a_result_without_rows_has_no_row(Lake lake) throws SQLException {
        lake.run("CREATE TABLE empty_table (id BIGINT)");
        assertThat(lake.rows("SELECT id FROM empty_table")).isEmpty();
        assertThat(lake.rows("SELECT 1 WHERE false")).isEmpty();
    }

    @Test
    void statements_tell_whether_they_give_rows(Lake lake) throws SQLException {
        try (var statement = lake.connection().createStatement()) {
            assertThat(statement.execute("CREATE TABLE asked (id BIGINT)")).isFalse();
            assertThat(statement.execute("INSERT INTO asked VALUES (1), (2)")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.execute("SELECT id FROM asked")).isTrue();
            try (var rows = statement.getResultSet()) {
                assertThat(Lake.rows(rows)).hasSize(2);
            }
        }
    }

    @Test
    void the_number_of_rows_can_be_limited(Lake lake) throws SQLException {
        try (var statement = lake.connection().createStatement()) {
            statement.setMaxRows(7);
            try (var rows = statement.executeQuery("SELECT range FROM range(100000)")) {
                assertThat(Lake.rows(rows)).hasSize(7);
            }
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void a_query_ends_at_its_timeout_and_the_connection_goes_on(Lake lake) throws SQLException {
        try (var statement = lake.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(ENDLESS)).isInstanceOf(SQLException.class);
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void a_running_result_can_be_cancelled(Lake lake) throws SQLException {
        try (var statement = lake.connection().createStatement()) {
            var rows = statement.executeQuery("SELECT a.range FROM range(100000) a, range(100000) b");
            assertThat(rows.next()).isTrue();
            statement.cancel();
        }
        assertThat(lake.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void the_catalog_its_schemas_and_table_types_are_listed(Lake lake) throws SQLException {
        lake.run("CREATE SCHEMA sales");
        var metadata = lake.connection().getMetaData();
        try (var catalogs = metadata.getCatalogs()) {
            assertThat(Lake.rows(catalogs)).containsExactly("sluice");
        }
        try (var schemas = metadata.getSchemas()) {
            assertThat(column(schemas, "TABLE_SCHEM")).contains("public", "sales");
        }
        try (var schemas = metadata.getSchemas(null, "sal%")) {
            assertThat(column(schemas, "TABLE_SCHEM")).containsExactly("sales");
        }
        try (var types = metadata.getTableTypes()) {
            assertThat(Lake.rows(types)).contains("TABLE");
        }
    }

    @Test
    void tables_are_listed_by_pattern(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE pattern_a (id BIGINT)",
                "CREATE TABLE pattern_b (id BIGINT)",
                "CREATE TABLE other_c (id BIGINT)");
        var metadata = lake.connection().getMetaData();
        try (var tables = metadata.getTables(null, "public", "pattern%", null)) {
            assertThat(column(tables, "TABLE_NAME")).containsExactly("pattern_a", "pattern_b");
        }
        try (var tables = metadata.getTables("sluice", null, "other_c", new String[] {"TABLE"})) {
            assertThat(column(tables, "TABLE_NAME")).containsExactly("other_c");
        }
        try (var tables = metadata.getTables(null, null, "no_such%", null)) {
            assertThat(column(tables, "TABLE_NAME")).isEmpty();
        }
    }

    @Test
    void columns_are_listed_with_size_digits_and_nullability(Lake lake) throws SQLException {
        lake.run("CREATE TABLE detailed (id BIGINT NOT NULL, price DECIMAL(10, 2), name VARCHAR, seen TIMESTAMP)");
        var told = new ArrayList<String>();
        try (var columns = lake.connection().getMetaData().getColumns(null, "public", "detailed", null)) {
            while (columns.next()) {
                told.add(String.join(
                        " ",
                        columns.getString("COLUMN_NAME"),
                        columns.getString("TYPE_NAME"),
                        columns.getString("DECIMAL_DIGITS"),
                        columns.getString("IS_NULLABLE"),
                        columns.getString("ORDINAL_POSITION")));
            }
        }
        assertThat(told)
                .containsExactly(
                        "id BIGINT 0 NO 1",
                        "price DECIMAL 2 YES 2",
                        "name VARCHAR null YES 3",
                        "seen TIMESTAMP 6 YES 4");
    }

    @Test
    void keys_and_versions_can_be_asked_for(Lake lake) throws SQLException {
        lake.run("CREATE TABLE keyless (id BIGINT)");
        var metadata = lake.connection().getMetaData();
        try (var keys = metadata.getPrimaryKeys(null, "public", "keyless")) {
            assertThat(keys.next()).isFalse();
        }
        try (var keys = metadata.getImportedKeys(null, "public", "keyless")) {
            assertThat(keys.next()).isFalse();
        }
        assertThat(metadata.getDatabaseProductName()).isEqualTo("Sluice");
        assertThat(metadata.getDriverVersion()).startsWith("18.3.0");
        assertThat(metadata.isReadOnly()).isFalse();
    }

    @Test
    void a_connection_is_valid_until_it_is_closed(Lake lake) throws SQLException {
        Connection closed;
        try (var connection = lake.connect("")) {
            assertThat(connection.isValid(5)).isTrue();
            closed = connection;
        }
        assertThat(closed.isClosed()).isTrue();
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(rows.getString(name));
        }
        return values;
    }
}
