package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts and ends of columns that metadata answers are those that a scan finds. */
@ExtendWith(SluiceExtension.class)
final class SummaryTest {
    private static final String COLUMNS = "i INTEGER, l BIGINT, d DATE, ts TIMESTAMP, tz TIMESTAMPTZ, tm TIME,"
            + " x DECIMAL(20, 4), s VARCHAR, f DOUBLE, b BOOLEAN, n STRUCT(i INTEGER)";
    private static final String ROWS = "SELECT r::INTEGER - 5, CASE WHEN r % 3 = 0 THEN r * 10000000000 END,"
            + " DATE '1969-12-20' + r::INTEGER, TIMESTAMP '1960-01-01 00:00:00.000001' + INTERVAL (r) MONTH,"
            + " TIMESTAMPTZ '2024-05-01 10:00:00+02:00' + INTERVAL (r) HOUR, TIME '00:00:00' + INTERVAL (r) MINUTE,"
            + " (r - 3.5)::DECIMAL(20, 4), 'text ' || r, CASE WHEN r = 4 THEN 'NaN' ELSE r / 7.0 END, r % 2 = 0,"
            + " {'i': r::INTEGER} FROM range(20) t(r)";

    private static void fill(Lake lake, String table, String rest) throws SQLException {
        lake.run("CREATE TABLE " + table + " (" + COLUMNS + ") " + rest, "INSERT INTO " + table + " " + ROWS);
    }

    /** Each column by itself, so that one which metadata cannot tell does not spoil the others. */
    private static void assertExact(Lake lake, String table, String... columns) throws SQLException {
        for (var column : columns) {
            var asked = "SELECT min(" + column + "), count(*) AS n, MAX(" + column + ") FROM ";
            assertThat(lake.rows(asked + table)).isEqualTo(lake.rows(asked + "(SELECT * FROM " + table + ")"));
        }
        assertThat(lake.rows("SELECT count(*) FROM " + table))
                .isEqualTo(lake.rows("SELECT count(*) FROM (SELECT * FROM " + table + ")"));
    }

    private static boolean isAnswered(Lake lake, String sql) throws SQLException {
        return lake.rows("EXPLAIN " + sql).stream().anyMatch(line -> line.contains("answered from metadata"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i", "l", "d", "ts", "tz", "tm", "x"})
    void ends_of_columns_with_exact_bounds_come_from_metadata(String column, Lake lake) throws SQLException {
        var table = "ends_" + column;
        fill(lake, table, "");
        assertExact(lake, table, column);
        assertThat(isAnswered(lake, "SELECT min(" + column + "), max(" + column + "), count(*) FROM " + table))
                .isTrue();
        lake.run("DELETE FROM " + table + " WHERE i > 3", "INSERT INTO " + table + " " + ROWS);
        assertExact(lake, table, column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "f", "b", "n", "n.i", "i + 1"})
    void other_columns_are_read(String column, Lake lake) throws SQLException {
        var table = "read_" + Integer.toHexString(column.hashCode());
        fill(lake, table, "");
        assertExact(lake, table, column);
        assertThat(isAnswered(lake, "SELECT max(" + column + ") FROM " + table)).isFalse();
    }

    @Test
    void the_columns_of_the_result_are_as_ever(Lake lake) throws SQLException {
        fill(lake, "named", "");
        for (var list : List.of(
                "count(*)",
                "COUNT ( * ), min(I), MAX(named.tz), max(x)",
                "max(d) - min(d), 1 + 1, count(*) AS n",
                "count(*) > 3 AS many, (max(i) + 1)::BIGINT AS next",
                "DISTINCT count(*)")) {
            assertThat(isAnswered(lake, "SELECT " + list + " FROM named"))
                    .as(list)
                    .isTrue();
            assertThat(described(lake, "SELECT " + list + " FROM named"))
                    .isEqualTo(described(lake, "SELECT " + list + " FROM (SELECT * FROM named) named"));
        }
        assertThat(lake.rows("SELECT \"count_star()\" + \"max(i)\" FROM (SELECT count(*), max(i) FROM named)"))
                .containsExactly("34");
    }

    private static List<String> described(Lake lake, String sql) throws SQLException {
        var described = new ArrayList<String>();
        try (var statement = lake.connection().createStatement();
                var result = statement.executeQuery(sql)) {
            for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                described.add(result.getMetaData().getColumnLabel(i) + " "
                        + result.getMetaData().getColumnTypeName(i));
            }
            described.addAll(Lake.rows(result));
        }
        return described;
    }

    @Test
    void sub_selects_views_and_tables_beside_others_are_answered(Lake lake) throws SQLException {
        fill(lake, "inner_t", "");
        lake.run("CREATE VIEW how_many AS SELECT count(*), max(d) AS last FROM inner_t");
        assertThat(lake.rows("SELECT (SELECT max(i) FROM inner_t), (SELECT count(*) FROM inner_t x)"))
                .containsExactly("14|20");
        assertThat(lake.rows("SELECT * FROM how_many")).containsExactly("20|1970-01-08");
        assertThat(isAnswered(lake, "SELECT * FROM how_many")).isTrue();
        assertThat(lake.rows("SELECT i FROM inner_t WHERE i = (SELECT max(t.i) FROM inner_t t)"))
                .containsExactly("14");
        assertThat(lake.rows("WITH c AS (SELECT count(*) AS n FROM inner_t) SELECT a.n + b.n FROM c a, c b"))
                .containsExactly("40");
        assertThat(lake.rows("SELECT count(*) FROM inner_t UNION ALL SELECT max(i) FROM inner_t ORDER BY 1"))
                .containsExactly("14", "20");
        assertThat(isAnswered(lake, "SELECT count(*) FROM inner_t LIMIT 1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM asked WHERE i > 0",
                "SELECT count(*) FROM asked, range(3)",
                "SELECT count(*), sum(i) FROM asked",
                "SELECT count(*) + 1 FROM asked",
                "SELECT count(*) FROM asked GROUP BY b",
                "SELECT count(*) FROM asked GROUP BY ALL HAVING sum(i) > 0",
                "SELECT count(*) FROM asked ORDER BY sum(i)",
                "SELECT count(*) OVER () FROM asked LIMIT 2",
                "SELECT count(*) FILTER (WHERE i > 3) FROM asked",
                "SELECT 1 FROM asked LIMIT 3",
                "SELECT max(i, 2) FROM asked",
                "SELECT count(*) FROM asked TABLESAMPLE 100%",
                "SELECT max(_pos) FROM asked"
            })
    void what_asks_for_more_is_computed(String sql, Lake lake) throws SQLException {
        if (lake.rows("SHOW TABLES LIKE 'asked'").isEmpty()) {
            fill(lake, "asked", "");
        }
        assertThat(isAnswered(lake, sql)).isFalse();
        assertThat(lake.rows(sql))
                .isEqualTo(lake.rows(sql.replaceAll("FROM asked( t)?", "FROM (SELECT *, _pos FROM asked) t")));
    }

    @Test
    void a_name_that_may_be_from_around_a_sub_select_is_not_answered(Lake lake) throws SQLException {
        fill(lake, "within", "");
        assertThat(isAnswered(lake, "SELECT (SELECT max(o.i) FROM within t) FROM (SELECT 7 AS i) o"))
                .isFalse();
        assertThat(isAnswered(lake, "SELECT (SELECT max(j) FROM within t) FROM (SELECT 7 AS j) o"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void deleted_rows_do_not_count(String version, Lake lake) throws SQLException {
        var table = "deleted_" + version;
        fill(
                lake,
                table,
                "TBLPROPERTIES ('format-version' = '" + version + "', 'write.delete.mode' = 'merge-on-read')");
        lake.run("DELETE FROM " + table + " WHERE i IN (-5, 14)");
        assertExact(lake, table, "i", "d");
        assertThat(isAnswered(lake, "SELECT count(*) FROM " + table)).isEqualTo(version.equals("3"));
        assertThat(isAnswered(lake, "SELECT max(i) FROM " + table)).isFalse();
    }

    @Test
    void columns_that_came_later_or_grew_are_right(Lake lake) throws SQLException {
        fill(lake, "evolved", "TBLPROPERTIES ('format-version' = '3')");
        lake.run(
                "ALTER TABLE evolved ADD COLUMN later INTEGER",
                "ALTER TABLE evolved ADD COLUMN born INTEGER DEFAULT 1000",
                "ALTER TABLE evolved ALTER COLUMN i TYPE BIGINT",
                "ALTER TABLE evolved ALTER COLUMN x TYPE DECIMAL(30, 4)",
                "ALTER TABLE evolved RENAME COLUMN d TO day");
        assertExact(lake, "evolved", "i", "x", "later", "born", "day");
        lake.run("INSERT INTO evolved (i, x, later, born) VALUES (5000000000, 12345678901234567890.5, 7, 8)");
        assertExact(lake, "evolved", "i", "x", "later", "born", "day");
        assertThat(isAnswered(lake, "SELECT max(i), min(i), max(x) FROM evolved"))
                .isTrue();
    }

    @Test
    void tables_without_rows_have_no_ends(Lake lake) throws SQLException {
        lake.run("CREATE TABLE nothing (i INTEGER, d DATE)");
        assertThat(lake.rows("SELECT count(*), min(i), max(d) FROM nothing")).containsExactly("0|null|null");
        lake.run("INSERT INTO nothing VALUES (NULL, NULL)");
        assertThat(lake.rows("SELECT count(*), min(i), max(d) FROM nothing")).containsExactly("1|null|null");
        lake.run("DELETE FROM nothing");
        assertThat(lake.rows("SELECT count(*), min(i), max(d) FROM nothing")).containsExactly("0|null|null");
        assertThat(isAnswered(lake, "SELECT count(*), min(i), max(d) FROM nothing"))
                .isTrue();
    }

    @Test
    void partitions_old_states_branches_and_transactions_are_told_apart(Lake lake) throws SQLException {
        fill(lake, "parted", "PARTITIONED BY (month(d))");
        lake.run("ALTER TABLE parted ADD PARTITION FIELD b", "INSERT INTO parted " + ROWS, "CREATE TAG forty");
        assertExact(lake, "parted", "i", "d", "ts");
        lake.run("BEGIN", "INSERT INTO parted (i) VALUES (77)");
        assertThat(lake.rows("SELECT count(*), max(i) FROM parted")).containsExactly("41|77");
        lake.run("COMMIT", "CREATE BRANCH other", "DELETE FROM parted");
        assertThat(lake.rows("SELECT count(*) FROM parted")).containsExactly("0");
        assertThat(lake.rows("SELECT count(*), max(i) FROM parted AT TAG forty"))
                .containsExactly("40|14");
        assertThat(lake.rows("SELECT count(*), max(p.i) FROM parted AT BRANCH other p"))
                .containsExactly("41|77");
        assertThat(isAnswered(lake, "SELECT count(*) FROM parted AT TAG forty")).isTrue();
    }
}
