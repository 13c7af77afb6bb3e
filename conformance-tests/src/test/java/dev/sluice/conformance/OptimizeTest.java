package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OPTIMIZE, EXPIRE SNAPSHOTS and REWRITE MANIFESTS. */
@ExtendWith(SluiceExtension.class)
final class OptimizeTest {
    /** A table of ten one-row files. */
    private static void tenFiles(Lake lake, String table) throws SQLException {
        lake.run("CREATE TABLE " + table + " (id BIGINT, name VARCHAR)");
        for (var i = 0; i < 10; i++) {
            lake.run("INSERT INTO " + table + " VALUES (" + i + ", 'n" + (9 - i) + "')");
        }
    }

    private static String files(Lake lake, String query) throws SQLException {
        return String.join("\n", lake.rows("EXPLAIN " + query))
                .lines()
                .filter(line -> line.contains(": files "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void small_files_become_one_and_the_rows_stay_as_they_were(Lake lake) throws SQLException {
        tenFiles(lake, "small");
        var before = lake.rows("SELECT * FROM small");
        var dry = lake.rows("OPTIMIZE small DRY RUN");
        assertThat(dry).hasSize(10).allMatch(row -> row.startsWith("rewrite|"));
        assertThat(files(lake, "SELECT * FROM small")).contains("files 10 of 10,");
        var done = lake.rows("OPTIMIZE small");
        assertThat(done).hasSize(11).last().asString().startsWith("write|").endsWith("|10 rows");
        assertThat(lake.rows("SELECT * FROM small")).isEqualTo(before);
        assertThat(files(lake, "SELECT * FROM small")).contains("files 1 of 1,");
        assertThat(lake.rows("OPTIMIZE small")).isEmpty();
    }

    @Test
    void few_files_are_not_worth_it(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE few (id BIGINT)",
                "INSERT INTO few VALUES (1)",
                "INSERT INTO few VALUES (2)",
                "CREATE TABLE none (id BIGINT)");
        assertThat(lake.rows("OPTIMIZE few")).isEmpty();
        assertThat(lake.rows("OPTIMIZE none")).isEmpty();
    }

    @Test
    void partitions_are_rewritten_apart_and_only_those_that_are_chosen(Lake lake) throws SQLException {
        lake.run("CREATE TABLE sales (day DATE, n BIGINT) PARTITIONED BY (day)");
        for (var i = 0; i < 6; i++) {
            lake.run("INSERT INTO sales VALUES (DATE '2026-01-01', " + i + "), (DATE '2026-01-02', " + i + ")");
        }
        assertThat(lake.rows("OPTIMIZE sales WHERE day = DATE '2026-01-02'"))
                .hasSize(7)
                .last()
                .asString()
                .startsWith("write|");
        assertThat(files(lake, "SELECT * FROM sales")).contains("files 7 of 7,");
        assertThat(files(lake, "SELECT * FROM sales WHERE day = DATE '2026-01-02'"))
                .contains("files 1 of 7,");
        assertThat(lake.rows("SELECT day, count(*), sum(n) FROM sales GROUP BY day ORDER BY day"))
                .containsExactly("2026-01-01|6|15", "2026-01-02|6|15");
        assertThatThrownBy(() -> lake.rows("OPTIMIZE sales WHERE n + 1 > random()"))
                .hasMessageContaining("chooses no files");
    }

    @Test
    void sorted_files_hold_ranges(Lake lake) throws SQLException {
        tenFiles(lake, "sorted");
        assertThat(lake.rows("OPTIMIZE sorted SORT BY (name DESC)")).hasSize(11);
        assertThat(lake.rows("SELECT name FROM sorted"))
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "n" + (9 - i)).toList());
    }

    @Test
    void a_z_order_keeps_fewer_files_for_a_filter_on_either_column(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE grid (x BIGINT, y BIGINT, pad VARCHAR) TBLPROPERTIES ('write.target-file-size-bytes' = '20000')");
        for (var i = 0; i < 5; i++) {
            lake.run("INSERT INTO grid SELECT range % 100, range // 100, md5(range::VARCHAR) FROM range(" + i * 2000
                    + ", " + (i + 1) * 2000 + ") ORDER BY hash(range)");
        }
        lake.rows("OPTIMIZE grid SORT BY (x, y)");
        var total = lake.rows("SELECT count(*) FROM grid");
        var bySort = kept(lake, "SELECT * FROM grid WHERE y = 7");
        assertThat(bySort.kept()).isEqualTo(bySort.total()).isGreaterThanOrEqualTo(4);
        lake.rows("OPTIMIZE grid ZORDER BY (x, y)");
        assertThat(kept(lake, "SELECT * FROM grid WHERE x = 7")).matches(z -> z.kept() <= z.total() / 2 + 1);
        assertThat(kept(lake, "SELECT * FROM grid WHERE y = 7")).matches(z -> z.kept() <= z.total() / 2 + 1);
        assertThat(lake.rows("SELECT count(*) FROM grid")).isEqualTo(total).containsExactly("10000");
    }

    private record Kept(int kept, int total) {}

    private static Kept kept(Lake lake, String query) throws SQLException {
        var words = files(lake, query)
                .replaceAll(".*files (\\d+) of (\\d+),.*", "$1 $2")
                .split(" ");
        return new Kept(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    }

    @Test
    void rows_that_come_meanwhile_do_not_conflict_and_a_branch_is_optimised_apart(Lake lake) throws SQLException {
        tenFiles(lake, "apart");
        lake.run("CREATE BRANCH quick FROM main");
        assertThat(lake.rows("OPTIMIZE apart AT BRANCH quick")).hasSize(11);
        assertThat(files(lake, "SELECT * FROM apart")).contains("files 10 of 10,");
        assertThat(files(lake, "SELECT * FROM apart AT BRANCH quick")).contains("files 1 of 1,");
        assertThatThrownBy(() -> lake.rows("OPTIMIZE apart AT TAG none")).hasMessageContaining("Only a branch");
    }

    @Test
    void a_branch_still_reads_the_snapshot_that_main_has_expired(Lake lake) throws SQLException {
        tenFiles(lake, "aged");
        lake.run("CREATE BRANCH keeps FROM main");
        var first = lake.rows("EXPIRE SNAPSHOTS aged OLDER THAN '0 days' DRY RUN");
        assertThat(first).hasSize(9).allMatch(row -> row.startsWith("expire snapshot|"));
        var snapshot = first.getFirst().split("\\|")[1];
        assertThat(lake.rows("SELECT id FROM aged FOR VERSION AS OF " + snapshot))
                .hasSize(1);
        assertThat(lake.rows("EXPIRE SNAPSHOTS aged OLDER THAN '0 days' RETAIN LAST 3"))
                .hasSize(7);
        assertThat(lake.rows("EXPIRE SNAPSHOTS aged OLDER THAN '0 days'")).hasSize(2);
        assertThat(lake.rows("EXPIRE SNAPSHOTS aged")).isEmpty();
        assertThatThrownBy(() -> lake.rows("SELECT id FROM aged FOR VERSION AS OF " + snapshot))
                .hasMessageContaining("has no snapshot " + snapshot);
        try (var connection = lake.connect("&ref=keeps")) {
            assertThat(Lake.rows(connection, "SELECT id FROM aged FOR VERSION AS OF " + snapshot))
                    .containsExactly("0");
        }
        assertThat(lake.rows("SELECT id FROM aged ORDER BY id")).hasSize(10);
    }

    @Test
    void manifests_become_few(Lake lake) throws SQLException {
        tenFiles(lake, "listed");
        assertThat(lake.rows("REWRITE MANIFESTS listed DRY RUN"))
                .hasSize(10)
                .allMatch(row -> row.startsWith("rewrite manifest|") && row.endsWith("|lists 1 files"));
        assertThat(lake.rows("REWRITE MANIFESTS listed")).hasSize(10);
        assertThat(lake.rows("REWRITE MANIFESTS listed")).isEmpty();
        assertThat(lake.rows("SELECT id FROM listed ORDER BY id")).hasSize(10);
    }

    @Test
    void what_is_wrong_is_told_with_its_place(Lake lake) throws SQLException {
        lake.run("CREATE TABLE told (a BIGINT, b BIGINT)");
        var wrong = Stream.of(
                "OPTIMIZE told ZORDER BY (a)",
                "OPTIMIZE told SORT BY (c)",
                "OPTIMIZE missing",
                "OPTIMIZE told WHERE",
                "EXPIRE SNAPSHOTS told OLDER THAN '7 moons'",
                "EXPIRE SNAPSHOTS told RETAIN LAST 0",
                "REWRITE MANIFESTS missing");
        for (var sql : (Iterable<String>) wrong::iterator) {
            assertThatThrownBy(() -> lake.rows(sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("line 1");
        }
    }
}
