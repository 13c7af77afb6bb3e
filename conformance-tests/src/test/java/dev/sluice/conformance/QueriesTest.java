package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries in DuckDB's dialect over tables of the catalog. */
@ExtendWith(SluiceExtension.class)
final class QueriesTest {
    private static final String CITIES = """
            CREATE TABLE IF NOT EXISTS cities AS SELECT * FROM (VALUES
                ('oslo', 'no', 700), ('bergen', 'no', 290), ('rome', 'it', 2800), ('pisa', 'it', 90)) c(city, land, size)""";
    private static final String TRIPS = """
            CREATE TABLE IF NOT EXISTS trips AS SELECT * FROM (VALUES
                (1, 'oslo', 5, {'km': 10, 'by': 'bus'}, [1, 2], MAP {'a': 1}, '{"n": {"m": "x"}}'),
                (2, 'oslo', 9, {'km': 20, 'by': 'car'}, [3], MAP {'b': 2}, '{"n": {"m": "y"}}'),
                (3, 'rome', 7, NULL, NULL, NULL, NULL)) t(id, city, since, how, stops, tags, doc)""";

    static Stream<Arguments> queries() {
        return Stream.of(
                query(
                        "SELECT t.id, c.land FROM trips t JOIN cities c ON c.city = t.city ORDER BY id",
                        "1|no",
                        "2|no",
                        "3|it"),
                query(
                        "SELECT city FROM cities LEFT JOIN trips USING (city) WHERE id IS NULL ORDER BY ALL",
                        "bergen",
                        "pisa"),
                query("SELECT count(*) FROM trips, cities", "12"),
                query(
                        "SELECT c.city FROM cities c WHERE EXISTS (FROM trips t WHERE t.city = c.city) ORDER BY 1",
                        "oslo",
                        "rome"),
                query("SELECT city FROM cities SEMI JOIN trips USING (city) ORDER BY ALL", "oslo", "rome"),
                query("SELECT city FROM cities ANTI JOIN trips USING (city) ORDER BY ALL", "bergen", "pisa"),
                query(
                        "SELECT c.city, x.n FROM cities c, LATERAL (SELECT count(*) AS n FROM trips t WHERE t.city = c.city) x"
                                + " WHERE n > 0 ORDER BY n",
                        "rome|1",
                        "oslo|2"),
                query(
                        "WITH big AS (FROM cities WHERE size > 500), n AS (SELECT count(*) AS n FROM big) SELECT n FROM n",
                        "2"),
                query(
                        "WITH RECURSIVE f(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM f WHERE n < 10) SELECT sum(n) FROM f",
                        "55"),
                query(
                        "SELECT city, sum(size) OVER (PARTITION BY land ORDER BY size) FROM cities ORDER BY city",
                        "bergen|290",
                        "oslo|990",
                        "pisa|90",
                        "rome|2890"),
                query(
                        "SELECT city, lag(size) OVER w FROM cities WINDOW w AS (ORDER BY size) ORDER BY size LIMIT 2",
                        "pisa|null",
                        "bergen|90"),
                query(
                        "SELECT city FROM cities QUALIFY row_number() OVER (PARTITION BY land ORDER BY size DESC) = 1 ORDER BY 1",
                        "oslo",
                        "rome"),
                query(
                        "SELECT land, sum(size) FROM cities GROUP BY GROUPING SETS ((land), ()) ORDER BY ALL NULLS LAST",
                        "it|2890",
                        "no|990",
                        "null|3880"),
                query(
                        "SELECT land, count(*) FROM cities GROUP BY ROLLUP (land) ORDER BY ALL",
                        "it|2",
                        "no|2",
                        "null|4"),
                query("SELECT land, max(size) AS m FROM cities GROUP BY ALL ORDER BY ALL", "it|2800", "no|700"),
                query(
                        "SELECT land, count(*) FILTER (size > 500) FROM cities GROUP BY land ORDER BY land",
                        "it|1",
                        "no|1"),
                query("SELECT land, arg_max(city, size) FROM cities GROUP BY land HAVING max(size) > 1000", "it|rome"),
                query("FROM cities SELECT city WHERE size < 100", "pisa"),
                query("FROM trips SELECT count(*)", "3"),
                query("SELECT * EXCLUDE (size) FROM cities WHERE city = 'oslo'", "oslo|no"),
                query("SELECT * REPLACE (size / 100 AS size) FROM cities WHERE city = 'oslo'", "oslo|no|7.0"),
                query("SELECT COLUMNS('c.*') FROM cities WHERE city = 'oslo'", "oslo"),
                query("SELECT size AS s, s + 1 AS next FROM cities WHERE s > 1000", "2800|2801"),
                query("SELECT how.km, how['by'] FROM trips WHERE id = 1", "10|bus"),
                query("SELECT t.how.km FROM trips AS t WHERE t.how.km > 10", "20"),
                query(
                        "SELECT stops[1], len(stops), stops[2:] FROM trips ORDER BY id",
                        "1|2|[2]",
                        "3|1|[]",
                        "null|null|null"),
                query("SELECT tags['a'], map_keys(tags) FROM trips WHERE id = 1", "1|[\"a\"]"),
                query("SELECT id, s FROM trips, UNNEST(stops) AS u(s) ORDER BY s", "1|1", "1|2", "2|3"),
                query("SELECT id, unnest(stops) AS s FROM trips ORDER BY s", "1|1", "1|2", "2|3"),
                query("SELECT list_transform(stops, lambda x: x * 10) FROM trips WHERE id = 1", "[10,20]"),
                query("SELECT [x * 2 FOR x IN stops IF x > 1] FROM trips WHERE id = 1", "[4]"),
                query(
                        "SELECT list_reduce([1, 2, 3], lambda a, b: a + b), list_filter([1, 2], lambda x: x > 1)",
                        "6|[2]"),
                query("SELECT doc ->> '$.n.m' FROM trips WHERE id = 1", "x"),
                query("SELECT json_extract_string(doc, '$.n.m') AS m FROM trips WHERE m = 'y'", "y"),
                query("SELECT to_json(how) FROM trips WHERE id = 1", "{\"km\":10,\"by\":\"bus\"}"),
                query(
                        "SELECT t.id, p.price FROM trips t ASOF JOIN (VALUES (0, 10), (6, 20)) p(since, price)"
                                + " ON t.since >= p.since ORDER BY id",
                        "1|10",
                        "2|20",
                        "3|20"),
                query(
                        "PIVOT cities ON land IN ('no', 'it') USING sum(size) GROUP BY city ORDER BY city",
                        "bergen|290|null",
                        "oslo|700|null",
                        "pisa|null|90",
                        "rome|null|2800"),
                query(
                        "UNPIVOT (SELECT city, size, length(city)::INTEGER AS len FROM cities WHERE city = 'oslo') ON size, len",
                        "oslo|size|700",
                        "oslo|len|4"),
                query("SELECT city FROM cities WHERE size > (SELECT avg(size) FROM cities)", "rome"),
                query(
                        "SELECT city FROM cities WHERE land IN ('no') AND city LIKE 'o%' AND city SIMILAR TO 'o.*'",
                        "oslo"),
                query("SELECT city FROM cities WHERE size BETWEEN 200 AND 800 EXCEPT SELECT 'oslo'", "bergen"),
                query("SELECT land FROM cities INTERSECT SELECT 'no'", "no"),
                query("(SELECT 1 AS a) UNION ALL BY NAME (SELECT 2 AS b) ORDER BY ALL", "1|null", "null|2"),
                query("SELECT DISTINCT ON (land) land, city FROM cities ORDER BY land, size", "it|pisa", "no|bergen"),
                query("SELECT city FROM cities ORDER BY size DESC LIMIT 1 OFFSET 1", "oslo"),
                query("SELECT count(*) FROM cities AS a(x, y, z) WHERE x = 'oslo'", "1"),
                query("SELECT \"City\" FROM \"CITIES\" WHERE \"city\" = 'oslo'", "oslo"),
                query("SELECT city FROM sluice.public.cities WHERE cities.city = 'oslo'", "oslo"),
                query(
                        "SELECT case when size > 500 then 'big' else 'small' end AS s, count(*) FROM cities GROUP BY s ORDER BY s",
                        "big|2",
                        "small|2"),
                query("SELECT string_agg(city, ',' ORDER BY city) FROM cities", "bergen,oslo,pisa,rome"),
                query("SELECT list(city ORDER BY size)[1], quantile_cont(size, 0.5) FROM cities", "pisa|495.0"),
                query("VALUES (1, 'a'), (2, 'b')", "1|a", "2|b"),
                query("SELECT count(*) FROM cities a JOIN cities b ON a.land = b.land AND a.city < b.city", "2"),
                query("WITH cities AS (SELECT 1 AS one) SELECT * FROM cities", "1"),
                query("SELECT /* a comment -- ; */ 1 -- the end", "1"),
                query(
                        "SELECT 'it''s', \"city\", $$dollar 'quoted'$$ FROM cities WHERE city = 'oslo'",
                        "it's|oslo|dollar 'quoted'"));
    }

    private static Arguments query(String sql, String... rows) {
        return arguments(sql, List.of(rows));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_query_gives_its_rows(String sql, List<String> rows, Lake lake) throws SQLException {
        lake.run(CITIES, TRIPS);
        assertThat(lake.rows(sql)).containsExactlyElementsOf(rows);
    }

    @Test
    void a_query_joins_tables_of_two_schemas(Lake lake) throws SQLException {
        lake.run(CITIES);
        lake.run("CREATE SCHEMA geo", "CREATE TABLE geo.lands AS SELECT 'no' AS land, 'Norway' AS name");
        assertThat(lake.rows("SELECT city, name FROM cities NATURAL JOIN geo.lands ORDER BY city"))
                .containsExactly("bergen|Norway", "oslo|Norway");
        lake.run("USE geo");
        try {
            assertThat(lake.rows("SELECT name FROM lands")).containsExactly("Norway");
        } finally {
            lake.run("USE public");
        }
    }

    @Test
    void explain_tells_the_files_and_bytes_that_are_left(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE days (id BIGINT, seen TIMESTAMP) PARTITIONED BY (day(seen))",
                "INSERT INTO days SELECT range, TIMESTAMP '2024-01-01 00:00:00' + INTERVAL (range) HOUR FROM range(240)");
        assertThat(lake.rows("EXPLAIN SELECT * FROM days WHERE seen >= TIMESTAMP '2024-01-09 00:00:00'")
                        .getFirst())
                .startsWith("Scan public.days at BRANCH main: files 2 of 10, bytes ");
        assertThat(lake.rows("EXPLAIN SELECT count(*) FROM days a JOIN days b USING (id) WHERE a.id = 3"))
                .filteredOn(line -> line.startsWith("Scan"))
                .hasSize(2);
        assertThat(lake.rows("SELECT count(*) FROM days WHERE seen >= TIMESTAMP '2024-01-09 00:00:00'"))
                .containsExactly("48");
        assertThat(lake.rows("EXPLAIN ANALYZE SELECT count(*) FROM days"))
                .anyMatch(line -> line.contains("Total Time"));
    }
}
