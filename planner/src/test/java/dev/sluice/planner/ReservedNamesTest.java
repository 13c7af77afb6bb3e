package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns with everyday names, some of which Calcite reserves. */
@TestInstance(Lifecycle.PER_CLASS)
final class ReservedNamesTest {
    static final List<String> WORDS = List.of(
            "abs",
            "begin",
            "bit",
            "call",
            "char",
            "close",
            "commit",
            "connect",
            "current",
            "cursor",
            "date",
            "datetime",
            "day",
            "dec",
            "decimal",
            "define",
            "double",
            "each",
            "equals",
            "exists",
            "exp",
            "external",
            "filter",
            "float",
            "floor",
            "free",
            "friday",
            "function",
            "get",
            "global",
            "grouping",
            "groups",
            "hold",
            "hour",
            "import",
            "int",
            "integer",
            "interval",
            "json_value",
            "language",
            "large",
            "local",
            "lower",
            "match",
            "measure",
            "member",
            "merge",
            "minus",
            "minute",
            "month",
            "multiset",
            "new",
            "next",
            "no",
            "normalize",
            "of",
            "old",
            "over",
            "partition",
            "pattern",
            "per",
            "position",
            "power",
            "prepare",
            "range",
            "real",
            "reset",
            "result",
            "row",
            "rows",
            "scroll",
            "second",
            "set",
            "skip",
            "start",
            "stream",
            "substring",
            "time",
            "timestamp",
            "translate",
            "trim",
            "truncate",
            "unsigned",
            "update",
            "upper",
            "user",
            "uuid",
            "value",
            "values",
            "variant",
            "year");

    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake()
                .table("flights", "id INTEGER, date DATE, time TIME, timestamp TIMESTAMP, year INTEGER, user VARCHAR")
                .table("date", "value INTEGER, row INTEGER")
                .table(
                        "words",
                        WORDS.stream().map(word -> '"' + word + "\" INTEGER").collect(Collectors.joining(", ")));
        lake.execute("INSERT INTO lake_flights VALUES"
                + " (1, '2001-01-04', '10:00:00', '2001-01-04 10:00:00', 2001, 'ada'),"
                + " (2, '2001-01-05', '11:00:00', '2001-01-05 11:00:00', 2001, 'bob'),"
                + " (3, '2002-01-06', NULL, NULL, 2002, 'ada')");
        lake.execute("INSERT INTO lake_date VALUES (1, 10), (2, 20)");
        lake.execute("CREATE VIEW flights AS SELECT * FROM lake_flights");
        lake.execute("CREATE VIEW date AS SELECT * FROM lake_date");
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    private String filters(String sql) {
        return lake.query(sql).scans().stream()
                .map(scan -> scan.filter().map(FilterSql::of).orElse("-"))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @FieldSource("WORDS")
    void a_condition_on_the_column_reaches_the_scan(String word) {
        assertThat(filters("SELECT " + word + " FROM words WHERE " + word + " >= 5"))
                .isEqualTo(word + " >= 5");
        assertThat(filters("SELECT count(*) AS n FROM words w WHERE w." + word + " = 5 GROUP BY w." + word))
                .isEqualTo(word + " = 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM flights WHERE date >= DATE '2001-01-05' | date >= DATE '2001-01-05'",
                "SELECT * FROM flights WHERE date >= '2001-01-05'::DATE | date >= DATE '2001-01-05'",
                "SELECT * FROM flights WHERE date >= CAST('2001-01-05' AS DATE) | date >= DATE '2001-01-05'",
                "SELECT * FROM flights WHERE DATE '2001-01-05' > date AND year = 2001 | (date < DATE '2001-01-05' AND year = 2001)",
                "SELECT * FROM flights f WHERE f.date BETWEEN '2001-01-01' AND '2001-01-31' | (date >= DATE '2001-01-01' AND date <= DATE '2001-01-31')",
                "SELECT * FROM flights WHERE timestamp < TIMESTAMP '2001-01-05 00:00:00' | timestamp < TIMESTAMP '2001-01-05 00:00'",
                "SELECT * FROM flights WHERE time < TIME '10:30:00' AND user = 'ada' | user = 'ada'",
                "SELECT id AS date FROM (SELECT id, date AS time FROM flights) WHERE time = '2001-01-05' | date = DATE '2001-01-05'",
                "SELECT row FROM date WHERE value = 1 | value = 1",
                "SELECT date.row FROM date, flights WHERE date.value = flights.id AND flights.date > '2001-01-04'"
                        + " | value = key id of 1; (date > DATE '2001-01-04' AND id = key value of 0)",
                "WITH time AS (SELECT date FROM flights) SELECT * FROM time WHERE date = '2001-01-05' | date = DATE '2001-01-05'",
            })
    void literals_and_types_of_the_same_name_are_told_apart(String sql, String expected) {
        assertThat(filters(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT date, time, timestamp, year, user FROM flights WHERE date >= DATE '2001-01-05' ORDER BY date DESC",
                "SELECT date AS time, (date) AS d, date::VARCHAR AS v, CAST(date AS VARCHAR) AS w FROM flights WHERE id < 3 ORDER BY ALL",
                "SELECT CAST(timestamp AS date) AS date, timestamp::date AS e FROM flights WHERE timestamp::date = date ORDER BY ALL",
                "SELECT TRY_CAST(user AS date) AS x, date + INTERVAL 1 DAY AS y FROM flights WHERE date < DATE '2002-01-01' ORDER BY ALL",
                "SELECT year(date) AS a, extract(year FROM date) AS b, date_trunc('month', date) AS c FROM flights WHERE year = 2001 ORDER BY ALL",
                "SELECT date, count(*) AS n FROM flights GROUP BY date HAVING date > DATE '2001-01-04' ORDER BY ALL",
                "SELECT {date: date, 'time': time} AS s, [date, DATE '2001-01-01'] AS l FROM flights WHERE date IN (DATE '2001-01-04') ORDER BY ALL",
                "SELECT CASE WHEN date = DATE '2001-01-04' THEN date ELSE DATE '2000-01-01' END AS c FROM flights WHERE user = 'ada' ORDER BY ALL",
                "SELECT id, sum(id) OVER (PARTITION BY date ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM flights WHERE date > '2001-01-01' ORDER BY ALL",
                "SELECT sum(id) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM flights WHERE date > '2001-01-01' ORDER BY ALL",
                "SELECT timestamp AT TIME ZONE 'UTC' = timestamp AS t FROM flights WHERE date > '2001-01-01' ORDER BY ALL",
                "SELECT d.row, f.date FROM date d JOIN flights f ON d.value = f.id WHERE f.date < CURRENT_DATE AND f.user IS NOT NULL ORDER BY ALL",
                "SELECT list_transform([1, 2], lambda date: date + 1) AS l FROM flights WHERE date > '2001-01-04' ORDER BY ALL",
                "SELECT * EXCLUDE (date, time) FROM flights WHERE time IS NULL OR date = DATE '2001-01-04' ORDER BY ALL",
                "SELECT date FROM flights WHERE date = (SELECT max(date) FROM flights WHERE date < DATE '2002-01-01')",
                "SELECT time FROM flights, (VALUES (DATE '2001-01-05')) AS v(date) WHERE flights.date = v.date",
            })
    void answers_are_unchanged(String sql) {
        assertThat(lake.rows(filtered(lake.query(sql)))).isEqualTo(lake.rows(sql));
    }

    private static String filtered(Statement.Query query) {
        return query.sql()
                .render(
                        scan -> "(SELECT * FROM lake_"
                                + query.scans().get(scan).table().name().name()
                                + query.scans()
                                        .get(scan)
                                        .filter()
                                        .map(filter -> " WHERE " + FilterSql.of(filter))
                                        .orElse("")
                                + ")",
                        function -> "lake_" + function.name())
                .sql();
    }

    @Test
    void places_are_those_of_the_text() {
        assertThat(lake.refusal("SELECT date, time FROM flights,\n (SELECT date FROM nope)"))
                .isEqualTo("TABLE_NOT_FOUND 2:20 Table 'nope' does not exist");
        assertThat(lake.text("SELECT date FROM date WHERE date > 1 AND value IN (SELECT row FROM date)"))
                .isEqualTo("SELECT date FROM «public.date» AS \"date\" WHERE date > 1 AND value IN"
                        + " (SELECT row FROM «public.date» AS \"date\")");
    }

    @Test
    void duckdb_reserves_these_words() {
        var reserved = "SELECT upper(keyword_name) AS k FROM duckdb_keywords() GROUP BY keyword_name HAVING"
                + " bool_and(keyword_category IN ('reserved', 'type_function'))";
        assertThat(lake.rows(reserved).stream().map(row -> row.substring("k=".length())))
                .containsExactlyInAnyOrderElementsOf(EngineWords.reserved());
    }
}
