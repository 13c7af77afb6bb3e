package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** DuckDB's answer to the planned text is its answer to the text itself. */
@TestInstance(Lifecycle.PER_CLASS)
final class AnswersTest {
    static final List<String> QUERIES = List.of(
            "SELECT * FROM emp ORDER BY id",
            "SELECT e.name, d.title FROM emp e LEFT JOIN dept d ON e.dept = d.id ORDER BY ALL",
            "SELECT emp.name, dept.title FROM emp, dept WHERE emp.dept = dept.id ORDER BY ALL",
            "SELECT name FROM emp NATURAL JOIN (SELECT id, title FROM dept) ORDER BY 1",
            "SELECT * FROM emp FULL OUTER JOIN dept USING (id) ORDER BY id",
            "SELECT name FROM emp SEMI JOIN dept ON emp.dept = dept.id ORDER BY 1",
            "SELECT name FROM emp ANTI JOIN dept ON emp.dept = dept.id ORDER BY 1",
            "SELECT t.symbol, t.price, u.price FROM tick t ASOF JOIN tick u ON t.symbol = u.symbol AND t.moment >= u.moment"
                    + " ORDER BY ALL",
            "SELECT a.id, b.id FROM emp a POSITIONAL JOIN dept b ORDER BY ALL",
            "SELECT dept, sum(salary), count(*) FILTER (WHERE salary > 75) FROM emp GROUP BY dept ORDER BY ALL",
            "SELECT dept, avg(salary) FROM emp GROUP BY ALL ORDER BY ALL",
            "SELECT dept, boss, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (boss), ()) ORDER BY ALL",
            "SELECT dept, boss, grouping(dept), count(*) FROM emp GROUP BY ROLLUP (dept, boss) ORDER BY ALL",
            "SELECT dept, count(*) FROM emp GROUP BY CUBE (dept) HAVING count(*) > 1 ORDER BY ALL",
            "SELECT name, row_number() OVER (PARTITION BY dept ORDER BY salary DESC) AS n FROM emp ORDER BY ALL",
            "SELECT name, sum(salary) OVER w FROM emp WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT"
                    + " ROW) ORDER BY ALL",
            "SELECT name FROM emp QUALIFY row_number() OVER (PARTITION BY dept ORDER BY id) = 1 ORDER BY 1",
            "SELECT name, lag(salary IGNORE NULLS) OVER (ORDER BY id) FROM emp ORDER BY ALL",
            "WITH a AS (SELECT * FROM emp), b AS (SELECT * FROM a WHERE id > 2) SELECT * FROM b ORDER BY id",
            "WITH emp AS (SELECT id FROM emp WHERE id < 3) SELECT * FROM emp ORDER BY id",
            "WITH x AS MATERIALIZED (SELECT * FROM emp) SELECT count(*) FROM x",
            "WITH RECURSIVE dept AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM dept WHERE n < 4) SELECT * FROM dept"
                    + " ORDER BY n",
            "WITH RECURSIVE up AS (SELECT id, boss, 0 AS d FROM emp WHERE id = 4 UNION ALL SELECT e.id, e.boss, d + 1"
                    + " FROM emp e JOIN up ON e.id = up.boss) SELECT * FROM up ORDER BY d",
            "SELECT name FROM emp WHERE salary > (SELECT avg(salary) FROM emp) ORDER BY 1",
            "SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM emp x WHERE x.boss = e.id) ORDER BY 1",
            "SELECT name FROM emp WHERE dept NOT IN (SELECT id FROM dept WHERE id = 2) ORDER BY 1",
            "SELECT (SELECT title FROM dept WHERE dept.id = emp.dept) AS t FROM emp ORDER BY ALL",
            "SELECT d.title, x.name FROM dept d, LATERAL (SELECT name FROM emp WHERE emp.dept = d.id) x ORDER BY ALL",
            "SELECT list_transform([1, 2, 3], lambda x: x * 2) AS l, [x * 2 FOR x IN [1, 2, 3] IF x > 1] AS c",
            "SELECT list_filter(tags, lambda x: x > 'p') FROM doc ORDER BY ALL",
            "SELECT list_sum([1, 2]), [1, 2, 3][1:2], tags[1] FROM doc ORDER BY ALL",
            "SELECT body->'a'->>'b' AS b, body->>'$.l[1]' AS l FROM doc ORDER BY ALL",
            "SELECT json_extract(body, '$.a.b') AS b FROM doc ORDER BY ALL",
            "SELECT place.city, dept.place.country FROM dept ORDER BY ALL",
            "SELECT {'a': 1, 'b': {'c': name}} AS s FROM emp ORDER BY ALL",
            "SELECT MAP {'a': 1, 'b': 2}['a'] AS m, extra['k'] FROM doc ORDER BY ALL",
            "SELECT unnest(tags) AS tag FROM doc ORDER BY ALL",
            "SELECT id, tag FROM doc, unnest(tags) AS u(tag) ORDER BY ALL",
            "SELECT DISTINCT ON (dept) dept, name FROM emp ORDER BY dept, id",
            "FROM emp ORDER BY id",
            "FROM emp SELECT name WHERE id = 1",
            "FROM emp e JOIN dept d ON e.dept = d.id SELECT e.name ORDER BY 1",
            "SELECT id, name FROM emp UNION ALL BY NAME SELECT title AS name, id FROM dept ORDER BY ALL",
            "SELECT id FROM emp INTERSECT SELECT id FROM dept ORDER BY 1",
            "SELECT id FROM emp EXCEPT ALL SELECT id FROM dept ORDER BY 1",
            "SELECT * EXCLUDE (salary, boss) REPLACE (upper(name) AS name) FROM emp ORDER BY id",
            "SELECT COLUMNS('^i|n') FROM emp ORDER BY ALL",
            "SELECT name[1] AS i, name::VARCHAR || '!' AS n, CAST(id AS DOUBLE) FROM emp ORDER BY ALL",
            "SELECT CASE (SELECT count(*) FROM dept) WHEN 2 THEN 'a' WHEN 3 THEN 'b' END AS c FROM emp",
            "SELECT CASE (SELECT count(*) FROM dept) WHEN 2 THEN 'a' WHEN 3 THEN E'b' END AS c FROM emp",
            "SELECT TRY_CAST(name AS INTEGER) FROM emp ORDER BY ALL",
            "SELECT 7 // 2 AS q, 7 % 4 AS r, 2 ** 3 AS p, 1_000_000 AS m, 5 & 3 AS b, 1 << 3 AS s",
            "SELECT extract(year FROM hired) AS y, date_trunc('month', hired) AS m FROM emp ORDER BY ALL",
            "SELECT hired + INTERVAL 1 MONTH AS h, hired - DATE '2020-01-01' AS d FROM emp ORDER BY ALL",
            "SELECT TIMESTAMP '2024-01-01 10:00:00' AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Vienna' AS z",
            "SELECT CASE WHEN dept = 1 THEN 'a' WHEN dept IS NULL THEN 'n' ELSE 'b' END AS c FROM emp ORDER BY ALL",
            "SELECT name FROM emp WHERE name ILIKE 'a%' OR name SIMILAR TO 'B.*' OR name GLOB 'C*' ORDER BY 1",
            "SELECT name FROM emp WHERE name LIKE '%d%' AND NOT name ~ '^A' ORDER BY 1",
            "SELECT name FROM emp ORDER BY name COLLATE NOCASE DESC NULLS LAST LIMIT 2 OFFSET 1",
            "SELECT a: id, b: name FROM emp ORDER BY ALL",
            "SELECT id, name, FROM emp ORDER BY id",
            "SELECT \"name\" AS \"day\", 1 AS year, 2 AS value, 3 AS rank FROM emp ORDER BY ALL",
            "VALUES (1, 'a'), (2, 'b')",
            "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, s) JOIN emp ON emp.id = v.n ORDER BY n",
            "SELECT * FROM range(3) r(i) LEFT JOIN emp ON emp.id = i ORDER BY i",
            "SELECT * FROM generate_series(1, 3) ORDER BY 1",
            "SELECT * FROM emp PIVOT (sum(salary) FOR dept IN (1, 2) GROUP BY name) ORDER BY name",
            "SELECT * FROM (SELECT id, dept, boss FROM emp) UNPIVOT (v FOR k IN (dept, boss)) ORDER BY ALL",
            "PIVOT emp ON dept IN (1, 2) USING sum(salary) GROUP BY boss ORDER BY ALL",
            "PIVOT emp ON dept USING sum(salary) GROUP BY boss ORDER BY ALL",
            "UNPIVOT (SELECT id, dept, boss FROM emp) ON dept, boss INTO NAME k VALUE v",
            "SELECT max(salary) - min(salary) AS d, string_agg(name, ',' ORDER BY id) AS n FROM emp",
            "SELECT arg_max(name, salary) AS n, quantile_cont(salary, 0.5) AS q FROM emp",
            "SELECT count(*) FROM emp TABLESAMPLE 100%",
            "SELECT count(*) FROM emp USING SAMPLE 100%",
            "(SELECT id FROM emp WHERE id = 1) UNION (SELECT id FROM dept WHERE id = 2) ORDER BY 1",
            "SELECT name FROM emp WHERE (dept, boss) IN (SELECT dept, boss FROM emp WHERE id = 2)",
            "SELECT x.* FROM (SELECT e.*, d.title FROM emp e JOIN dept d ON e.dept = d.id) x ORDER BY id",
            "SELECT 'it''s', E'a\\tb', $$q'q$$, x'41'::BLOB, '日本', name FROM emp WHERE id = 1",
            "SELECT\r\n  name -- the name\r\nFROM /* all /* nested */ of */ emp\r\nWHERE id = 1",
            "SUMMARIZE SELECT id FROM emp",
            "DESCRIBE SELECT id, name FROM emp",
            "SELECT * FROM emp WHERE hired BETWEEN '2021-01-01' AND '2021-12-31' AND id = ANY (SELECT id FROM dept)",
            "SELECT count(DISTINCT dept) AS d, count(ALL id) FROM emp",
            "SELECT dept.place FROM dept WHERE dept.place IS DISTINCT FROM NULL ORDER BY ALL",
            "SELECT name FROM emp LIMIT (SELECT count(*) FROM dept)",
            "SELECT e1.name FROM emp e1 JOIN emp e2 ON e1.boss = e2.id JOIN emp e3 ON e2.boss = e3.id");

    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake()
                .table("emp", "id INTEGER, name VARCHAR, dept INTEGER, salary DECIMAL(10, 2), hired DATE, boss INTEGER")
                .table("dept", "id INTEGER, title VARCHAR, place STRUCT(city VARCHAR, country VARCHAR)")
                .table("tick", "symbol VARCHAR, moment TIMESTAMP, price DOUBLE")
                .table("doc", "id INTEGER, body VARCHAR, tags VARCHAR[], extra MAP(VARCHAR, INTEGER)");
        lake.execute("INSERT INTO lake_emp VALUES (1, 'Ada', 1, 100.50, '2020-01-15', NULL),"
                + " (2, 'Bob', 1, 80, '2021-03-01', 1), (3, 'Cy', 2, 70.25, '2021-07-30', 1),"
                + " (4, 'Dee', 2, NULL, '2022-02-28', 3), (5, 'Ed', NULL, 55, NULL, 3)");
        lake.execute("INSERT INTO lake_dept VALUES (1, 'Eng', {'city': 'Graz', 'country': 'AT'}),"
                + " (2, 'Ops', {'city': 'Bern', 'country': 'CH'}), (3, 'Lab', NULL)");
        lake.execute("INSERT INTO lake_tick VALUES ('x', '2024-01-01 00:00:00', 1), ('x', '2024-01-01 00:01:00', 2),"
                + " ('y', '2024-01-01 00:00:30', 5), ('y', '2024-01-01 00:02:00', 7)");
        lake.execute("INSERT INTO lake_doc VALUES (1, '{\"a\": {\"b\": 3}, \"l\": [1, 2]}', ['p', 'q'], MAP {'k': 1}),"
                + " (2, '{\"a\": null}', [], MAP {}), (3, NULL, NULL, NULL)");
        for (var table : new String[] {"emp", "dept", "tick", "doc"}) {
            lake.execute("CREATE VIEW " + table + " AS SELECT * FROM lake_" + table);
        }
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    @ParameterizedTest
    @FieldSource("QUERIES")
    void the_answer_is_unchanged(String sql) {
        assertThat(lake.rows(Lake.runnable(lake.query(sql)))).isEqualTo(lake.rows(sql));
    }

    @ParameterizedTest
    @FieldSource("QUERIES")
    void both_parsers_see_the_same_tables(String sql) {
        assumeThat(sql).doesNotContainPattern("[eExX]'|\\$\\$|SUMMARIZE|DESCRIBE|PIVOT emp ON|/\\*");
        if (CalciteReader.read(Tokenizer.read(Draft.of(sql))) instanceof CalciteReader.Outcome.Read(Mentions first)) {
            var second = (DuckReader.Outcome.Read) lake.second().read(sql, Draft.of(sql));
            assertThat(first.tables())
                    .containsExactlyInAnyOrderElementsOf(second.mentions().tables());
        }
    }
}
