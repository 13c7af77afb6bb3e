package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that tell of another table: {@code t$files} and its like. */
@ExtendWith(SluiceExtension.class)
final class MetadataTablesTest {
    @Test
    void files_have_counts_bounds_and_a_partition(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE sales (id BIGINT, country VARCHAR, at TIMESTAMP) PARTITIONED BY (country, day(at))",
                "INSERT INTO sales VALUES (1, 'no', '2026-01-01 10:00:00'), (2, 'no', '2026-01-01 11:00:00'),"
                        + " (3, NULL, '2026-01-02 00:00:00')");
        assertThat(lake.rows("SELECT content, file_format, partition.country, partition.at_day, record_count,"
                        + " readable_metrics.id.lower_bound, readable_metrics.id.upper_bound, value_counts[1],"
                        + " file_size_in_bytes > 0, file_path LIKE '%.parquet'"
                        + " FROM sales$files ORDER BY record_count"))
                .containsExactly(
                        "0|PARQUET|null|2026-01-02|1|3|3|1|true|true", "0|PARQUET|no|2026-01-01|2|1|2|2|true|true");
        assertThat(lake.rows("SELECT partition.country, record_count, file_count FROM sales$partitions ORDER BY 2"))
                .containsExactly("null|1|1", "no|2|1");
        assertThat(lake.rows("SELECT added_data_files_count, existing_data_files_count FROM \"sales$manifests\""))
                .containsExactly("2|0");
        assertThat(lake.rows(
                        "SELECT status, count(*), sum(data_file.record_count) FROM public.sales$entries GROUP BY 1"))
                .containsExactly("1|2|3");
    }

    @Test
    void snapshots_are_joined_with_history(Lake lake) throws SQLException {
        lake.run("CREATE TABLE grown (id BIGINT)", "INSERT INTO grown VALUES (1)", "INSERT INTO grown VALUES (2), (3)");
        assertThat(lake.rows("SELECT s.operation, s.summary['added-records'], s.summary['total-records'],"
                        + " h.is_current_ancestor FROM grown$snapshots s JOIN grown$history h USING (snapshot_id)"
                        + " ORDER BY s.committed_at"))
                .containsExactly("append|1|1|true", "append|2|3|true");
        assertThat(lake.rows("SELECT r.name, r.type FROM grown$refs r JOIN grown$snapshots s USING (snapshot_id)"
                        + " WHERE s.parent_id IS NOT NULL"))
                .containsExactly("main|BRANCH");
        assertThat(lake.rows("SELECT count(*) FROM grown$all_data_files")).containsExactly("2");
    }

    @Test
    void they_follow_the_table_in_time_and_across_branches(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE tracked (id BIGINT)",
                "INSERT INTO tracked VALUES (1)",
                "CREATE TAG tracked_once",
                "CREATE BRANCH tracked_more",
                "INSERT INTO tracked AT BRANCH tracked_more VALUES (2)",
                "INSERT INTO tracked AT BRANCH tracked_more VALUES (3)");
        assertThat(lake.rows("SELECT (SELECT count(*) FROM tracked$files),"
                        + " (SELECT count(*) FROM tracked$files AT BRANCH tracked_more),"
                        + " (SELECT count(*) FROM tracked$snapshots AT TAG tracked_once)"))
                .containsExactly("1|3|1");
        var first = lake.rows("SELECT snapshot_id FROM tracked$snapshots").getFirst();
        lake.run("INSERT INTO tracked VALUES (4)");
        assertThat(lake.rows("SELECT count(*) FROM tracked$files FOR VERSION AS OF " + first))
                .containsExactly("1");
        assertThat(lake.rows("SELECT count(*) FROM tracked$files")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshots",
                "history",
                "metadata_log_entries",
                "refs",
                "files",
                "data_files",
                "delete_files",
                "entries",
                "manifests",
                "partitions",
                "all_files",
                "all_data_files",
                "all_delete_files",
                "all_entries",
                "all_manifests"
            })
    void each_is_described_and_read_also_of_an_empty_table(String kind, Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE IF NOT EXISTS full_one AS SELECT range AS id, 'x' AS s, [1.5] AS list FROM range(9)",
                "CREATE TABLE IF NOT EXISTS empty_one (id BIGINT)");
        assertThat(lake.rows("DESCRIBE full_one$" + kind)).isNotEmpty();
        assertThat(lake.rows("SELECT * FROM \"empty_one$" + kind + "\"")).hasSizeLessThan(2);
        assertThat(lake.rows("SELECT * FROM full_one$" + kind)).hasSize(kind.contains("delete") ? 0 : 1);
    }

    @Test
    void a_query_may_read_one_twice(Lake lake) throws SQLException {
        lake.run("CREATE TABLE twice_read AS SELECT range AS id FROM range(3)");
        assertThat(lake.rows("WITH f AS (SELECT * FROM twice_read$files) SELECT count(*) FROM f a, f b, f c"
                        + " WHERE (SELECT max(record_count) FROM f) = 3"))
                .containsExactly("1");
        lake.run("CREATE TABLE kept_files AS SELECT file_path, record_count FROM twice_read$files");
        assertThat(lake.rows("SELECT record_count FROM kept_files")).containsExactly("3");
    }

    @Test
    void they_are_neither_listed_nor_written(Lake lake) throws SQLException {
        lake.run("CREATE TABLE plain (id BIGINT)");
        assertThat(lake.rows("SHOW TABLES")).noneMatch(row -> row.contains("$"));
        for (var sql : List.of(
                "INSERT INTO plain$files SELECT * FROM plain$files",
                "DELETE FROM plain$files",
                "DELETE FROM information_schema.tables")) {
            assertThatThrownBy(() -> lake.run(sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("made by the server");
        }
        assertThatThrownBy(() -> lake.rows("SELECT * FROM plain$nothing"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("'plain$nothing' does not exist");
    }
}
