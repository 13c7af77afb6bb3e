package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows changed by deletes beside their files: position delete files in format version 2, deletion vectors in 3. */
@ExtendWith(SluiceExtension.class)
final class MergeOnReadTest {
    private static void create(Lake lake, String name, int version) throws SQLException {
        lake.run(
                "CREATE TABLE " + name + " (id INTEGER, name VARCHAR, part INTEGER) PARTITIONED BY (part)"
                        + " TBLPROPERTIES ('format-version' = '" + version + "', 'write.delete.mode' = 'merge-on-read',"
                        + " 'write.update.mode' = 'merge-on-read', 'write.merge.mode' = 'merge-on-read')",
                "INSERT INTO " + name + " SELECT i, 'n' || i, i % 2 FROM range(10) AS r(i)");
    }

    private static String deletes(int version) {
        return version == 2 ? "PARQUET" : "PUFFIN";
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void a_delete_leaves_data_files_as_they_are(int version, Lake lake) throws SQLException {
        var t = "d" + version;
        create(lake, t, version);
        var before = lake.rows("SELECT file_path FROM " + t + "$data_files ORDER BY 1");
        assertThat(lake.update("DELETE FROM " + t + " WHERE id IN (1, 2, 4)")).isEqualTo(3);
        assertThat(lake.rows("SELECT id FROM " + t + " ORDER BY id"))
                .containsExactly("0", "3", "5", "6", "7", "8", "9");
        assertThat(lake.rows("SELECT file_path FROM " + t + "$data_files ORDER BY 1"))
                .isEqualTo(before);
        assertThat(lake.rows("SELECT DISTINCT file_format FROM " + t + "$delete_files"))
                .containsExactly(deletes(version));
        assertThat(lake.rows("SELECT sum(record_count) FROM " + t + "$delete_files"))
                .containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void a_row_is_deleted_once(int version, Lake lake) throws SQLException {
        var t = "o" + version;
        create(lake, t, version);
        assertThat(lake.update("DELETE FROM " + t + " WHERE id < 4")).isEqualTo(4);
        assertThat(lake.update("DELETE FROM " + t + " WHERE id < 6")).isEqualTo(2);
        assertThat(lake.update("DELETE FROM " + t + " WHERE id < 6")).isZero();
        assertThat(lake.rows("SELECT count(*), min(id) FROM " + t)).containsExactly("4|6");
    }

    @Test
    void a_file_has_one_deletion_vector(Lake lake) throws SQLException {
        create(lake, "v", 3);
        lake.run("DELETE FROM v WHERE id = 1", "DELETE FROM v WHERE id = 3", "DELETE FROM v WHERE id = 5");
        assertThat(lake.rows("SELECT count(*), sum(record_count) FROM v$delete_files"))
                .containsExactly("1|3");
        assertThat(lake.rows("SELECT id FROM v WHERE part = 1 ORDER BY id")).containsExactly("7", "9");
    }

    @Test
    void position_deletes_of_version_2_become_a_vector_of_version_3(Lake lake) throws SQLException {
        create(lake, "u", 2);
        lake.run(
                "DELETE FROM u WHERE id = 1",
                "ALTER TABLE u SET TBLPROPERTIES ('format-version' = '3')",
                "DELETE FROM u WHERE id = 3");
        assertThat(lake.rows("SELECT file_format, record_count FROM u$delete_files"))
                .containsExactly("PUFFIN|2");
        assertThat(lake.rows("SELECT id FROM u WHERE part = 1 ORDER BY id")).containsExactly("5", "7", "9");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void an_update_writes_the_changed_rows_alone(int version, Lake lake) throws SQLException {
        var t = "w" + version;
        create(lake, t, version);
        assertThat(lake.update("UPDATE " + t + " SET name = 'x', part = 7 WHERE id IN (2, 3)"))
                .isEqualTo(2);
        assertThat(lake.rows("SELECT id, name, part FROM " + t + " WHERE id < 5 ORDER BY id"))
                .containsExactly("0|n0|0", "1|n1|1", "2|x|7", "3|x|7", "4|n4|0");
        assertThat(lake.rows("SELECT sum(record_count) FROM " + t + "$data_files WHERE partition.part = 7"))
                .containsExactly("2");
        assertThat(lake.rows("SELECT count(*) FROM " + t)).containsExactly("10");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void a_merge_updates_deletes_and_inserts_in_one_snapshot(int version, Lake lake) throws SQLException {
        var t = "m" + version;
        create(lake, t, version);
        var merge = "MERGE INTO " + t + " USING (VALUES (1, 'a'), (2, 'gone'), (20, 'new')) AS s (id, name) ON " + t
                + ".id = s.id"
                + " WHEN MATCHED AND s.name = 'gone' THEN DELETE WHEN MATCHED THEN UPDATE SET name = s.name"
                + " WHEN NOT MATCHED THEN INSERT (id, name, part) VALUES (s.id, s.name, 0)";
        assertThat(lake.update(merge)).isEqualTo(3);
        assertThat(lake.rows("SELECT id, name FROM " + t + " WHERE id IN (1, 2, 3, 20) ORDER BY id"))
                .containsExactly("1|a", "3|n3", "20|new");
        assertThat(lake.rows("SELECT count(*) FROM " + t)).containsExactly("10");
        assertThat(lake.rows("SELECT count(*) FROM " + t + "$snapshots")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void files_written_anew_do_not_bring_deleted_rows_back(int version, Lake lake) throws SQLException {
        var t = "r" + version;
        create(lake, t, version);
        lake.run(
                "DELETE FROM " + t + " WHERE id IN (0, 1)",
                "ALTER TABLE " + t + " SET TBLPROPERTIES ('write.update.mode' = 'copy-on-write')",
                "UPDATE " + t + " SET name = upper(name)");
        assertThat(lake.rows("SELECT count(*), min(name) FROM " + t)).containsExactly("8|N2");
        lake.run("OPTIMIZE " + t);
        assertThat(lake.rows("SELECT count(*), min(name) FROM " + t)).containsExactly("8|N2");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void the_past_has_the_rows_still(int version, Lake lake) throws SQLException {
        var t = "p" + version;
        create(lake, t, version);
        lake.run("CREATE TAG before_" + version, "DELETE FROM " + t + " WHERE part = 0 AND id > 4");
        assertThat(lake.rows("SELECT count(*) FROM " + t)).containsExactly("8");
        assertThat(lake.rows("SELECT count(*) FROM " + t + " AT TAG before_" + version))
                .containsExactly("10");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void branches_that_deleted_in_different_files_are_merged(int version, Lake lake) throws SQLException {
        var t = "b" + version;
        create(lake, t, version);
        lake.run(
                "CREATE BRANCH other" + version,
                "DELETE FROM " + t + " AT BRANCH other" + version + " WHERE id = 1",
                "DELETE FROM " + t + " WHERE id = 2",
                "MERGE BRANCH other" + version + " INTO main");
        assertThat(lake.rows("SELECT count(*) FROM " + t + " WHERE id IN (1, 2)"))
                .containsExactly("0");
        assertThat(lake.rows("SELECT count(*) FROM " + t)).containsExactly("8");
    }

    @Test
    void a_branch_may_delete_more_of_a_file_that_had_lost_rows_before(Lake lake) throws SQLException {
        create(lake, "g", 3);
        lake.run(
                "DELETE FROM g WHERE id = 1",
                "CREATE BRANCH more",
                "DELETE FROM g AT BRANCH more WHERE id = 3",
                "INSERT INTO g VALUES (11, 'n11', 1)",
                "MERGE BRANCH more INTO main");
        assertThat(lake.rows("SELECT id FROM g WHERE part = 1 ORDER BY id")).containsExactly("5", "7", "9", "11");
    }

    @Test
    void branches_that_deleted_in_the_same_file_conflict(Lake lake) throws SQLException {
        create(lake, "c", 3);
        lake.run("CREATE BRANCH same", "DELETE FROM c AT BRANCH same WHERE id = 1", "DELETE FROM c WHERE id = 3");
        assertThatThrownBy(() -> lake.run("MERGE BRANCH same INTO main"))
                .hasMessageContaining("'public.c'")
                .hasMessageContaining("deleted rows of one data file");
        assertThat(lake.rows("SELECT count(*) FROM c")).containsExactly("9");
    }

    @Test
    void a_refused_change_leaves_no_file(Lake lake) throws SQLException, IOException {
        create(lake, "f", 2);
        var before = files(lake);
        assertThatThrownBy(() -> lake.update("UPDATE f SET id = CAST(name AS INTEGER) WHERE part = 1"))
                .hasMessageContaining("n1");
        assertThat(files(lake)).isEqualTo(before);
        assertThat(lake.rows("SELECT count(*) FROM f")).containsExactly("10");
    }

    private static long files(Lake lake) throws IOException {
        try (var paths = Files.walk(lake.data().resolve("warehouse"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
