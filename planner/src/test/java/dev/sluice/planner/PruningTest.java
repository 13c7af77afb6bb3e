package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class PruningTest {
    private static final String COLUMNS = "id INTEGER, k BIGINT, s VARCHAR, d DATE, ts TIMESTAMP, z TIMESTAMPTZ,"
            + " p DECIMAL(10, 2), x DOUBLE, f REAL, ok BOOLEAN, l INTEGER[]";

    private static final Pattern KEY = Pattern.compile("= key (\\w+) of (\\d+)");

    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake().table("t", COLUMNS).table("u", COLUMNS).function("twice");
        lake.execute("SELECT setseed(0.42)");
        for (var table : new String[] {"t", "u"}) {
            lake.execute("INSERT INTO lake_" + table + " SELECT"
                    + nullable("(random() * 20)::INTEGER") + nullable("(random() * 20)::BIGINT")
                    + nullable("['a', 'ab', 'abc', 'b', 'B', 'c ', 'c'][1 + (random() * 6)::INTEGER]")
                    + nullable("DATE '2024-01-01' + (random() * 60)::INTEGER")
                    + nullable("TIMESTAMP '2024-01-01 00:00:00' + INTERVAL 1 HOUR * (random() * 1000)::INTEGER")
                    + nullable("TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL 1 HOUR * (random() * 1000)::INTEGER")
                    + nullable("(random() * 10)::DECIMAL(10, 2)")
                    + nullable("[0.5, -0.0, 1.5, 'nan'::DOUBLE, 3][1 + (random() * 4)::INTEGER]")
                    + nullable("(random() * 3)::INTEGER::REAL / 2") + nullable("random() > 0.5")
                    + " [1, 2] FROM range(400)");
        }
    }

    private static String nullable(String expression) {
        return " CASE WHEN random() < 0.1 THEN NULL ELSE " + expression + " END,";
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    private String filters(String sql) {
        return ((Statement.Query) lake.plan(sql))
                .scans().stream()
                        .map(scan -> scan.filter().map(FilterSql::of).orElse("-"))
                        .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t WHERE id = 3 | id = 3",
                "SELECT * FROM t WHERE 3 < ID AND k <= 5 | (id > 3 AND k <= 5)",
                "SELECT * FROM t WHERE id IN (1, 2, 3) | id IN (1, 2, 3)",
                "SELECT * FROM t WHERE s IN ('a', 'abc') | s IN ('a', 'abc')",
                "SELECT * FROM t WHERE s LIKE 'ab%' AND s ILIKE 'x%' | starts_with(s, 'ab')",
                "SELECT * FROM t WHERE d BETWEEN '2024-01-05' AND DATE '2024-01-31' | (d >= DATE '2024-01-05' AND d <= DATE '2024-01-31')",
                "SELECT * FROM t WHERE d < DATE '2024-01-31' + INTERVAL '1' MONTH | d < DATE '2024-02-29'",
                "SELECT * FROM t WHERE ts >= TIMESTAMP '2024-01-05 06:00:00' | ts >= TIMESTAMP '2024-01-05 06:00'",
                "SELECT * FROM t WHERE d >= '2024-01-05'::DATE AND id = 3::INTEGER | (d >= DATE '2024-01-05' AND id = 3)",
                "SELECT * FROM t WHERE id = 3 AND s = 'A' COLLATE NOCASE | -",
                "SELECT * FROM t WHERE id = 3::BOOLEAN | -",
                "SELECT DISTINCT ON (k) * FROM t WHERE id = 3 AND 5 < t.k AND s = E'ab' AND p > 1.5 | (id = 3 AND k > 5 AND s = 'ab' AND p > 1.50)",
                "FROM t q WHERE q.d >= DATE '2024-01-05' AND d < '2024-02-01' AND ts < '2024-02-01 06:00:00'::TIMESTAMP | (d >= DATE '2024-01-05' AND d < DATE '2024-02-01' AND ts < TIMESTAMP '2024-02-01 06:00')",
                "FROM t WHERE id = 3 OR k = 4 | -",
                "FROM t WHERE (id = 3 OR k = 4) AND k >= -5 AND id = k AND id = '5' | k >= -5",
                "FROM t TABLESAMPLE 10% WHERE id = 3 | -",
                "FROM t x(k, id) WHERE id = 3 | -",
                "FROM (FROM t LIMIT 3) WHERE id = 3 | -",
                "WITH c AS (FROM t) FROM c WHERE id = 3 | -",
                "FROM t JOIN u USING (id) WHERE id = 3 | -; -",
                "SELECT * FROM t WHERE ts >= '2024-01-05' | ts >= TIMESTAMP '2024-01-05 00:00'",
                "SELECT * FROM t WHERE p BETWEEN 0.06 - 0.01 AND 7 | (p >= 0.05 AND p <= 7.00)",
                "SELECT * FROM t WHERE p > 1.005 | -",
                "SELECT * FROM t WHERE x < 0.5 AND x > 0.1 | x < 0.5::DOUBLE",
                "SELECT * FROM t WHERE x = 0 OR f = 0.5 | -",
                "SELECT * FROM t WHERE id > 3.5 | -",
                "SELECT * FROM t WHERE z > '2024-01-05' | -",
                "SELECT * FROM t WHERE s IS NULL OR id IS NOT NULL | (s IS NULL OR id IS NOT NULL)",
                "SELECT * FROM t WHERE ok AND l IS NOT NULL | ok = true",
                "SELECT * FROM t WHERE id = ? AND s > ? AND x < ? | (id = ?0 AND s > ?1)",
                "SELECT * FROM t WHERE (id = 1 AND k = 2) OR (id = 3 AND twice(k) = 2) | ((id = 1 AND k = 2) OR id = 3)",
                "SELECT * FROM t WHERE id = 1 OR twice(k) = 2 | -",
                "SELECT * FROM t JOIN u ON t.id = u.id AND u.k = 4 WHERE t.s = 'a' | (s = 'a' AND id = key id of 1); (k = 4 AND id = key id of 0)",
                "SELECT * FROM t LEFT JOIN u ON t.id = u.id AND t.k = 4 AND u.k = 5 WHERE t.s = 'a' | s = 'a'; (k = 5 AND id = key id of 0)",
                "SELECT * FROM t LEFT JOIN u ON t.id = u.id WHERE u.k IS NULL | -; id = key id of 0",
                "SELECT * FROM t FULL JOIN u USING (id) WHERE t.k IS NULL | -; -",
                "WITH c AS (SELECT id AS i, d FROM t) SELECT * FROM c WHERE i = 7 | id = 7",
                "WITH c AS (SELECT * FROM t) SELECT * FROM c a, c b WHERE a.id = 1 AND b.id = 2 | (id = 1 OR id = 2)",
                "WITH c AS (SELECT * FROM t) SELECT * FROM c a, c b WHERE a.id = 1 | -",
                "SELECT * FROM (SELECT id, count(*) AS n FROM t GROUP BY id) WHERE id > 3 AND n > 1 | id > 3",
                "SELECT * FROM (SELECT id FROM t UNION ALL SELECT k FROM u) WHERE id = 3 | id = 3; k = 3",
                "SELECT * FROM (SELECT * FROM t ORDER BY k LIMIT 3) WHERE id = 3 | -",
                "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY k) AS n FROM t) WHERE id = 3 | -",
                "SELECT * FROM t WHERE id IN (SELECT k FROM u WHERE s = 'a') AND k = 1 | k = 1; s = 'a'",
                "SELECT * FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.id = t.id AND u.k > 3) | -; k > 3",
                "SELECT (SELECT max(k) FROM u WHERE u.id = 5) FROM t WHERE id = 4 | id = 5; id = 4",
                "SELECT date_trunc('month', ts), quantile(k, 0.5) FROM t WHERE id = 4 GROUP BY k, date_trunc('month', ts) | id = 4",
                "SELECT * FROM t ASOF JOIN u ON t.id = u.id AND t.ts >= u.ts WHERE u.k = 3 | -; -",
            })
    void conditions_reach_the_scans(String sql, String expected) {
        assertThat(filters(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE t SET k = 1 WHERE id = 3 AND s = 'a' | (id = 3 AND s = 'a')",
                "UPDATE t SET k = u.k FROM u WHERE t.id = u.id AND u.s = 'b' | -; s = 'b'",
            })
    void updates_are_pruned(String sql, String expected) {
        var scans = ((Statement.Update) lake.plan(sql)).matches().scans();
        assertThat(scans.stream()
                        .map(scan -> scan.filter().map(FilterSql::of).orElse("-"))
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t WHERE s IN ('a', 'abc', 'c ') OR s = 'c'",
                "SELECT * FROM t WHERE s < 'ab' AND s <> 'a'",
                "SELECT * FROM t WHERE s = 'c ' OR s LIKE 'ab%'",
                "SELECT * FROM t WHERE NOT (id = 3 OR k > 5)",
                "SELECT * FROM t WHERE NOT (id > 3 AND k > 5) AND d IS NOT NULL",
                "SELECT * FROM t WHERE id NOT IN (1, 2, NULL) OR id NOT IN (4, 5)",
                "SELECT * FROM t WHERE id BETWEEN 3 AND 9 AND k NOT BETWEEN 2 AND 15",
                "SELECT * FROM t WHERE id = '5' OR k = 3.0",
                "FROM t WHERE k = 3.0 AND id > 4",
                "FROM t WHERE s = E'ab' AND id <> 4",
                "FROM t WHERE s >= 'ab' AND x < 1.5 AND f < 1.5",
                "FROM t WHERE p >= 1.005 AND p < 7",
                "FROM t WHERE d >= '2024-01-05' AND ts > DATE '2024-01-05' AND z > '2024-01-05'",
                "FROM t WHERE ts < '2024-01-31 05:00:00' AND d <= TIMESTAMP '2024-01-20 12:00:00'",
                "FROM t SELECT id AS k, k AS id WHERE id = 3",
                "FROM t SELECT id, count(*) AS n WHERE k > 3 GROUP BY id HAVING n > 2",
                "SELECT * FROM t WHERE id = 3::BOOLEAN",
                "SELECT * FROM t WHERE id = 3 AND s = 'B' COLLATE NOCASE",
                "SELECT * FROM t WHERE id = -3::INTEGER + 8 AND d >= '2024-01-05'::DATE",
                "SELECT * FROM t WHERE id + 1 = 5 OR id / 2 = 3 OR id // 2 = 4",
                "SELECT * FROM t WHERE x = 0.0 OR x <= -0.0 OR x > 1.5",
                "SELECT * FROM t WHERE NOT (x <= 1.5) OR NOT (x < 3)",
                "SELECT * FROM t WHERE x <> 0.5 AND x IS NOT NULL",
                "SELECT * FROM t WHERE f = 0.5 OR f < 1 AND f > 0",
                "SELECT * FROM t WHERE p = 3.14 OR p < 1.999 OR p >= 9.990",
                "SELECT * FROM t WHERE p = 3.14e0 OR p BETWEEN 2 AND 3",
                "SELECT * FROM t WHERE d = TIMESTAMP '2024-01-05 00:00:00' OR d > '2024-02-01'",
                "SELECT * FROM t WHERE d >= TIMESTAMP '2024-02-01 12:00:00'",
                "SELECT * FROM t WHERE ts = DATE '2024-01-05' OR ts < '2024-01-03 12:30:00'",
                "SELECT * FROM t WHERE ts > DATE '2024-01-31' - INTERVAL '1' MONTH AND ts <= d",
                "SELECT * FROM t WHERE CAST(ts AS DATE) = DATE '2024-01-05'",
                "SELECT * FROM t WHERE CAST(p AS INTEGER) = 3 OR CAST(f AS INTEGER) = 2",
                "SELECT * FROM t WHERE z >= TIMESTAMP '2024-01-20 00:00:00'",
                "SELECT * FROM t WHERE ok OR NOT ok AND id > 3",
                "SELECT * FROM t WHERE ok IS TRUE OR ok IS NOT FALSE AND id = 4",
                "SELECT * FROM t WHERE CASE WHEN id > 3 THEN k = 1 ELSE k = 2 END",
                "SELECT * FROM t WHERE coalesce(id, 3) = 3 AND nullif(k, 4) IS NULL",
                "SELECT * FROM t WHERE id IS NOT DISTINCT FROM NULL OR k IS DISTINCT FROM 3",
                "SELECT * FROM t WHERE (id, k) IN ((1, 2), (3, 4), (5, 6))",
                "SELECT t.id, u.k FROM t LEFT JOIN u ON t.id = u.id AND u.k > 3 WHERE t.k < 5 AND (u.k < 9 OR u.k IS NULL)",
                "SELECT t.id, u.k FROM t LEFT JOIN u ON t.id = u.id AND t.k > 3",
                "SELECT t.id, u.k FROM t RIGHT JOIN u ON t.id = u.id AND t.k > 3 WHERE coalesce(t.k, 0) < 3",
                "SELECT t.id, u.id FROM t FULL JOIN u ON t.id = u.id AND t.k > 3 AND u.k < 9 WHERE t.s = 'a' OR u.s = 'b'",
                "SELECT t.id FROM t SEMI JOIN u ON t.id = u.id AND u.k > 15 WHERE t.k < 9",
                "SELECT t.id FROM t ANTI JOIN u ON t.id = u.id AND u.k > 5 AND t.k > 3",
                "SELECT id FROM t WHERE id IN (SELECT id FROM u WHERE k = 3) AND k NOT IN (SELECT k FROM u WHERE k > 10)",
                "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id AND u.k = t.k AND u.id > 5)",
                "SELECT id FROM t WHERE k > (SELECT avg(k) FROM u WHERE u.id = t.id AND u.k < 15) AND id < 18",
                "SELECT id, (SELECT count(*) FROM u WHERE u.id = t.id AND u.k > 3) AS c FROM t WHERE id > 2",
                "SELECT id, sum(k) FROM t WHERE k > 2 GROUP BY id HAVING id > 5 AND sum(k) > 3",
                "SELECT id, ok, count(*) FROM t GROUP BY ROLLUP (id, ok) HAVING id > 5 OR id IS NULL",
                "SELECT * FROM (SELECT id, ok, count(*) AS n FROM t GROUP BY GROUPING SETS ((id), (ok))) WHERE id = 3",
                "SELECT * FROM (SELECT max(id) AS m, 3 AS c FROM t) WHERE c = 3 AND m > 100",
                "SELECT * FROM (SELECT any_value(id) AS m, count(*) AS n FROM t) WHERE n > 3",
                "SELECT * FROM (SELECT DISTINCT id, k FROM t) WHERE id = 4 AND k > 2",
                "SELECT * FROM (SELECT id FROM t EXCEPT SELECT id FROM u WHERE k > 10) WHERE id > 3",
                "SELECT * FROM (SELECT id FROM t INTERSECT SELECT k FROM u WHERE s = 'a') WHERE id > 3",
                "SELECT id, rank() OVER (PARTITION BY id ORDER BY k) FROM t QUALIFY rank() OVER (PARTITION BY id ORDER BY k)"
                        + " = 1 AND id > 3",
                "SELECT * FROM (SELECT id, sum(k) OVER (PARTITION BY id) AS w FROM t) WHERE id = 3",
                "SELECT * FROM (SELECT id, sum(k) OVER () AS w FROM t) WHERE id = 3",
                "WITH c AS (SELECT id, k FROM t WHERE k > 3) SELECT * FROM c a JOIN c b ON a.id = b.id WHERE a.k < 6",
                "WITH RECURSIVE r AS (SELECT id, k FROM t WHERE id = 1 UNION SELECT t.id, t.k FROM t JOIN r ON t.id = r.k)"
                        + " SELECT * FROM r WHERE id > 3",
                "SELECT t.id, x.k FROM t, LATERAL (SELECT k FROM u WHERE u.id = t.id AND u.k > 10) x WHERE t.id > 3",
                "SELECT id, e FROM t, unnest(l) AS v(e) WHERE id = 3 AND e = 1",
                "SELECT twice(id) FROM t WHERE twice(id) > 10 AND id < 15",
                "SELECT * FROM (SELECT id AS i, id + k AS id FROM t) WHERE id = 12",
                "SELECT id AS k, k AS id FROM t WHERE id = 3",
                "SELECT count(*) FILTER (WHERE id > 3), sum(k) FROM t WHERE k < 10",
                "SELECT a.id FROM t a, t b WHERE a.id = b.k AND a.id < 5 AND b.id > 10",
                "SELECT a.id FROM t a JOIN u b ON a.id = b.k JOIN t c ON b.id = c.id WHERE c.k < 4",
                "SELECT a.id, b.k FROM (SELECT *, count(*) OVER () AS n FROM t) a JOIN u b ON a.id = b.id WHERE b.k > 3",
                "SELECT a.id, b.k FROM (SELECT id, count(*) AS n FROM t GROUP BY id) a LEFT JOIN u b ON a.n = b.id",
                "SELECT a.id, b.id FROM t a FULL JOIN u b ON a.id = b.id WHERE b.k > 3 OR b.k IS NULL",
                "SELECT a.id, b.id, c.id FROM t a LEFT JOIN u b ON a.id = b.k RIGHT JOIN t c ON b.id = c.id WHERE c.k < 9",
                "SELECT a.id FROM t a LEFT JOIN (SELECT u.id, t.k FROM u JOIN t ON u.k = t.id) b ON a.id = b.id WHERE b.k IS NULL",
                "SELECT * FROM t WHERE false OR id = 3 AND true",
                "SELECT * FROM t WHERE 1 = 0",
                "SELECT * FROM t WHERE id = 3 AND random() >= 0",
            })
    void a_filter_never_changes_an_answer(String sql) {
        var query = lake.query(sql);
        assertThat(lake.rows(ordered(filtered(query)))).isEqualTo(lake.rows(ordered(Lake.runnable(query))));
    }

    private static String ordered(String sql) {
        return "SELECT * FROM (" + sql + ") ORDER BY ALL";
    }

    /** A key is any value of its column in the rows that pass the filter of its scan, keys aside. */
    private static String keysAsQueries(String filter, Statement.Query query) {
        return KEY.matcher(filter).replaceAll(key -> {
            var scan = query.scans().get(Integer.parseInt(key.group(2)));
            var condition = scan.filter()
                    .map(FilterSql::of)
                    .map(sql -> sql.replaceAll("\\w+ " + KEY, "true"))
                    .orElse("true");
            return Matcher.quoteReplacement("IN (SELECT " + key.group(1) + " FROM lake_"
                    + scan.table().name().name() + " WHERE " + condition + ")");
        });
    }

    private static String filtered(Statement.Query query) {
        return query.sql()
                .render(
                        scan -> "(SELECT * FROM lake_"
                                + query.scans().get(scan).table().name().name()
                                + query.scans()
                                        .get(scan)
                                        .filter()
                                        .map(filter -> " WHERE " + keysAsQueries(FilterSql.of(filter), query))
                                        .orElse("")
                                + ")",
                        function -> "lake_" + function.name())
                .sql();
    }
}
