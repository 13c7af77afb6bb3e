package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A great table that is joined with a small one is read only where the small one's keys may lie. */
@ExtendWith(SluiceExtension.class)
final class JoinPruningTest {
    @BeforeEach
    void fill(Lake lake) throws SQLException {
        if (lake.rows("SHOW TABLES LIKE 'facts'").isEmpty()) {
            lake.run(
                    "CREATE TABLE facts (day DATE, shop INTEGER, name VARCHAR, n BIGINT) PARTITIONED BY (day)",
                    "INSERT INTO facts SELECT DATE '2024-01-01' + (r // 100)::INTEGER, r // 100, 'shop ' || (r // 100),"
                            + " r FROM range(1000) t(r)",
                    "CREATE TABLE days (day DATE, holiday BOOLEAN)",
                    "INSERT INTO days SELECT DATE '2024-01-01' + r::INTEGER, r = 3 FROM range(20) t(r)",
                    "CREATE TABLE shops (shop BIGINT, name VARCHAR, city VARCHAR)",
                    "INSERT INTO shops SELECT r, 'shop ' || r, CASE WHEN r < 2 THEN 'Oslo' ELSE 'Bergen' END"
                            + " FROM range(10) t(r)",
                    "INSERT INTO shops VALUES (NULL, NULL, 'Oslo')");
        }
    }

    private static String filesOfFacts(Lake lake, String sql) throws SQLException {
        return lake.rows("EXPLAIN " + sql).stream()
                .filter(line -> line.startsWith("Scan public.facts"))
                .map(line -> line.replaceAll(".*: files (\\d+ of \\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT count(n) FROM facts f JOIN days d ON f.day = d.day WHERE d.holiday | 1 | 100",
                "SELECT count(n) FROM days d, facts f WHERE f.day = d.day AND d.holiday | 1 | 100",
                "SELECT count(n) FROM facts f JOIN shops s ON f.shop = s.shop WHERE s.city = 'Oslo' | 2 | 200",
                "SELECT count(n) FROM facts f JOIN shops s ON f.name = s.name WHERE s.city = 'Oslo' | 2 | 200",
                "SELECT count(n) FROM shops s LEFT JOIN facts f ON f.shop = s.shop WHERE s.city = 'Oslo' | 2 | 200",
                "SELECT count(n) FROM facts f JOIN (SELECT DISTINCT day FROM days WHERE holiday) d ON f.day = d.day | 1 | 100",
                "WITH d AS (SELECT * FROM days WHERE holiday) SELECT count(n) FROM facts JOIN d USING (day) WHERE n >= 0 | 1 | 100",
                "SELECT count(n) FROM facts f JOIN days d ON f.day = d.day JOIN shops s ON f.shop = s.shop"
                        + " WHERE d.holiday AND s.city = 'Oslo' | 0 | 0",
                "SELECT count(n) FROM facts f JOIN days d ON f.day = d.day WHERE d.day > DATE '2030-01-01' | 0 | 0",
                "SELECT count(n) FROM facts f LEFT JOIN days d ON f.day = d.day AND d.holiday | 10 | 1000",
                "SELECT count(n) FROM facts f JOIN days d ON f.day < d.day WHERE d.holiday | 10 | 300",
                "SELECT count(n) FROM facts f FULL JOIN days d ON f.day = d.day AND d.holiday | 10 | 1000",
                "SELECT count(n) FROM facts f JOIN days d ON f.day = d.day OR d.holiday | 10 | 1900",
                "SELECT count(n) FROM (SELECT *, row_number() OVER (ORDER BY n) AS p FROM facts) f JOIN days d"
                        + " ON f.day = d.day WHERE d.holiday AND p > 350 | 10 | 50",
                "SELECT count(n) FROM (SELECT * FROM facts ORDER BY n LIMIT 350) f JOIN days d"
                        + " ON f.day = d.day WHERE d.holiday | 10 | 50"
            })
    void files_without_a_key_are_not_read(String sql, int files, String count, Lake lake) throws SQLException {
        assertThat(lake.rows(sql)).containsExactly(count);
        assertThat(filesOfFacts(lake, sql)).isEqualTo(files + " of 10");
    }

    @Test
    void explain_names_the_table_of_the_keys(Lake lake) throws SQLException {
        assertThat(lake.rows("EXPLAIN SELECT n FROM facts f JOIN days d ON f.day = d.day WHERE d.holiday"))
                .anyMatch(line -> line.contains("filter day a key of public.days.day"));
    }

    @Test
    void keys_are_those_that_the_transaction_and_the_parameters_see(Lake lake) throws SQLException {
        var sql = "SELECT count(n) FROM facts f JOIN shops s ON f.shop = s.shop WHERE s.city = ?";
        try (var statement = lake.connection().prepareStatement(sql)) {
            statement.setString(1, "Oslo");
            try (var result = statement.executeQuery()) {
                assertThat(Lake.rows(result)).containsExactly("200");
            }
            lake.run("BEGIN", "UPDATE shops SET city = 'Oslo' WHERE shop = 7");
            try (var result = statement.executeQuery()) {
                assertThat(Lake.rows(result)).containsExactly("300");
            }
            lake.run("ROLLBACK");
        }
    }

    @Test
    void the_keys_of_a_view_are_those_of_its_own_tables(Lake lake) throws SQLException {
        lake.run(
                "CREATE OR REPLACE VIEW on_holidays AS SELECT f.* FROM facts f JOIN days d ON f.day = d.day WHERE d.holiday");
        for (var sql : new String[] {
            "SELECT count(*) FROM shops s, on_holidays h",
            "SELECT count(*) FROM shops s, shops t, on_holidays h WHERE t.shop = 1 AND s.city <> ''",
            "FROM shops s, on_holidays h SELECT count(*)"
        }) {
            assertThat(lake.rows(sql)).containsExactly("1100");
            assertThat(filesOfFacts(lake, sql)).isEqualTo("1 of 10");
        }
    }

    @Test
    void changes_by_a_join_find_their_rows(Lake lake) throws SQLException {
        lake.run("CREATE TABLE counted AS SELECT * FROM shops");
        assertThat(lake.update("DELETE FROM counted WHERE shop IN (SELECT f.shop FROM facts f JOIN days d"
                        + " ON f.day = d.day WHERE d.holiday)"))
                .isEqualTo(1);
    }
}
