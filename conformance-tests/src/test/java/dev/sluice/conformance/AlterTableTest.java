package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table changes its shape by metadata alone: the rows that were written before are read in the new one. */
@ExtendWith(SluiceExtension.class)
final class AlterTableTest {
    @Test
    void columns_are_added_dropped_renamed_and_moved(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c1 (id INTEGER, name VARCHAR, old DATE)",
                "INSERT INTO c1 VALUES (1, 'a', DATE '2024-01-01')",
                "ALTER TABLE c1 ADD COLUMN price DECIMAL(6, 2) COMMENT 'in euros' AFTER id, DROP COLUMN old,"
                        + " RENAME COLUMN name TO title, ALTER COLUMN name FIRST",
                "INSERT INTO c1 VALUES ('b', 2, 9.5)");
        assertThat(lake.rows("SELECT * FROM c1 ORDER BY id")).containsExactly("a|1|null", "b|2|9.50");
        assertThat(lake.rows("DESCRIBE c1"))
                .containsExactly(
                        "title|VARCHAR|true|null|null",
                        "id|INTEGER|true|null|null",
                        "price|DECIMAL(6, 2)|true|null|in euros");
    }

    @Test
    void a_dropped_column_that_comes_back_has_no_old_values(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c2 (id INTEGER, x INTEGER)",
                "INSERT INTO c2 VALUES (1, 7)",
                "ALTER TABLE c2 DROP COLUMN x, ADD COLUMN x INTEGER");
        assertThat(lake.rows("SELECT * FROM c2")).containsExactly("1|null");
    }

    @Test
    void types_are_widened(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c3 (i INTEGER, f FLOAT, d DECIMAL(4, 2))",
                "INSERT INTO c3 VALUES (1, 0.5, 12.34)",
                "ALTER TABLE c3 ALTER COLUMN i TYPE BIGINT, ALTER f SET DATA TYPE DOUBLE, ALTER d TYPE DECIMAL(10, 2)",
                "INSERT INTO c3 VALUES (5000000000, 1e300, 12345678.90)");
        assertThat(lake.rows("SELECT * FROM c3 WHERE i < 2")).containsExactly("1|0.5|12.34");
        assertThat(lake.rows("SELECT i, d FROM c3 WHERE d > 100")).containsExactly("5000000000|12345678.90");
    }

    @Test
    void fields_change_at_every_depth(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c4 (id INTEGER, a STRUCT(b STRUCT(c INTEGER)), points STRUCT(x DOUBLE, y DOUBLE)[])",
                "INSERT INTO c4 VALUES (1, {'b': {'c': 5}}, [{'x': 1.0, 'y': 2.0}])",
                "ALTER TABLE c4 ADD COLUMN a.b.d VARCHAR FIRST, ADD COLUMN points.element.z DOUBLE,"
                        + " RENAME COLUMN a.b.c TO e, DROP COLUMN points.element.x, ALTER COLUMN a.b.c TYPE BIGINT");
        assertThat(lake.rows("DESCRIBE c4"))
                .containsExactly(
                        "id|INTEGER|true|null|null",
                        "a|STRUCT(\"b\" STRUCT(\"d\" VARCHAR, \"e\" BIGINT))|true|null|null",
                        "points|STRUCT(\"y\" DOUBLE, \"z\" DOUBLE)[]|true|null|null");
    }

    @Test
    void a_table_is_partitioned_anew_and_old_files_stay(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c5 (id INTEGER, ts TIMESTAMP)",
                "INSERT INTO c5 VALUES (1, TIMESTAMP '2024-01-01 10:00:00')",
                "ALTER TABLE c5 ADD PARTITION FIELD day(ts) AS ts_day, ADD PARTITION FIELD bucket(4, id)",
                "INSERT INTO c5 VALUES (2, TIMESTAMP '2024-01-02 10:00:00')",
                "ALTER TABLE c5 REPLACE PARTITION FIELD ts_day WITH month(ts), DROP PARTITION FIELD bucket(4, id)",
                "INSERT INTO c5 VALUES (3, TIMESTAMP '2024-02-02 10:00:00')",
                "ALTER TABLE c5 SET UNPARTITIONED",
                "INSERT INTO c5 VALUES (4, TIMESTAMP '2024-03-02 10:00:00')",
                "ALTER TABLE c5 SET PARTITIONED BY (truncate(10, id), ts)",
                "INSERT INTO c5 VALUES (5, TIMESTAMP '2024-04-02 10:00:00')");
        assertThat(lake.rows("SELECT id FROM c5 WHERE ts >= TIMESTAMP '2024-01-02' ORDER BY id"))
                .containsExactly("2", "3", "4", "5");
        assertThat(lake.rows("DESCRIBE c5"))
                .containsExactly("id|INTEGER|true|truncate(10)|null", "ts|TIMESTAMP|true|identity|null");
        lake.run("UPDATE c5 SET id = id + 10 WHERE id < 3", "ALTER TABLE c5 DROP PARTITION FIELD ts, DROP COLUMN ts");
        assertThat(lake.rows("SELECT * FROM c5 ORDER BY id")).containsExactly("3", "4", "5", "11", "12");
    }

    @Test
    void a_table_of_format_one_loses_a_partition_field(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c6 (id INTEGER, d DATE) PARTITIONED BY (d, id) TBLPROPERTIES ('format-version' = '1')",
                "INSERT INTO c6 VALUES (1, DATE '2024-01-01')",
                "ALTER TABLE c6 DROP PARTITION FIELD d",
                "INSERT INTO c6 VALUES (2, DATE '2024-01-02')");
        assertThat(lake.rows("SELECT * FROM c6 ORDER BY id")).containsExactly("1|2024-01-01", "2|2024-01-02");
        assertThat(lake.rows("DESCRIBE c6")).contains("id|INTEGER|true|identity|null", "d|DATE|true|null|null");
    }

    @Test
    void not_null_is_set_where_metadata_proves_it(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE c7 (id INTEGER, name VARCHAR)",
                "INSERT INTO c7 VALUES (1, NULL)",
                "ALTER TABLE c7 ALTER COLUMN id SET NOT NULL");
        assertThatThrownBy(() -> lake.run("INSERT INTO c7 VALUES (NULL, 'x')")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> lake.run("ALTER TABLE c7 ALTER COLUMN name SET NOT NULL"))
                .hasMessageContaining("rows of the table have NULL there");
        lake.run(
                "UPDATE c7 SET name = 'a'",
                "ALTER TABLE c7 ALTER COLUMN name SET NOT NULL, ALTER id DROP NOT NULL",
                "INSERT INTO c7 VALUES (NULL, 'b')");
        assertThat(lake.rows("SELECT * FROM c7 ORDER BY name")).containsExactly("1|a", "null|b");
    }

    @Test
    void an_insert_that_was_planned_before_an_alter_still_lands(Lake lake) throws SQLException {
        lake.run("CREATE TABLE c8 (id INTEGER, d DATE)");
        try (var insert = lake.connection().prepareStatement("INSERT INTO c8 (id, d) VALUES (?, DATE '2024-01-01')")) {
            lake.run("ALTER TABLE c8 ADD COLUMN x VARCHAR, ADD PARTITION FIELD day(d)");
            insert.setInt(1, 1);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertThat(lake.rows("SELECT * FROM c8")).containsExactly("1|2024-01-01|null");
    }

    @Test
    void alters_and_inserts_at_once_all_succeed(Lake lake) throws Exception {
        lake.run("CREATE TABLE c9 (id INTEGER)");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var other = lake.connect("")) {
            var inserts = threads.submit(() -> {
                for (var i = 0; i < 8; i++) {
                    try (var statement = other.createStatement()) {
                        statement.executeUpdate("INSERT INTO c9 (id) VALUES (" + i + ")");
                    }
                }
                return 0;
            });
            for (var i = 0; i < 4; i++) {
                lake.run("ALTER TABLE c9 ADD COLUMN x" + i + " INTEGER, ADD PARTITION FIELD bucket(" + (i + 2)
                        + ", id)");
            }
            inserts.get();
        }
        assertThat(lake.rows("SELECT count(*), count(x3) FROM c9")).containsExactly("8|0");
        assertThat(lake.rows("DESCRIBE c9")).hasSize(5);
    }

    @Test
    void a_renamed_table_is_the_same_table(Lake lake) throws SQLException {
        lake.run(
                "CREATE SCHEMA IF NOT EXISTS other",
                "CREATE TABLE r1 (id INTEGER)",
                "INSERT INTO r1 VALUES (1)",
                "CREATE TAG before_rename",
                "ALTER TABLE r1 RENAME TO r2",
                "INSERT INTO r2 VALUES (2)",
                "ALTER TABLE r2 RENAME TO other.R3",
                "ALTER TABLE other.r3 RENAME TO r3");
        assertThat(lake.rows("SELECT id FROM other.r3 ORDER BY id")).containsExactly("1", "2");
        assertThat(lake.rows("SHOW TABLES IN other")).contains("other|r3").doesNotContain("other|R3");
        assertThat(lake.rows("SELECT id FROM r1 AT TAG before_rename")).containsExactly("1");
        lake.run("CREATE TABLE r1 (id INTEGER)");
        assertThat(lake.rows("SELECT id FROM r1")).isEmpty();
    }

    @Test
    void an_alter_stays_on_its_branch_until_it_is_merged(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE b1 (id INTEGER)",
                "CREATE BRANCH wider",
                "ALTER TABLE b1 AT BRANCH wider ADD COLUMN x INTEGER",
                "INSERT INTO b1 AT BRANCH wider VALUES (1, 2)");
        assertThat(lake.rows("DESCRIBE b1")).hasSize(1);
        lake.run("MERGE BRANCH wider INTO main");
        assertThat(lake.rows("SELECT * FROM b1")).containsExactly("1|2");
    }

    @Test
    void comments_are_said_and_taken_back(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE d1 (id INTEGER COMMENT 'key', s STRUCT(f INTEGER)) COMMENT 'all of it'",
                "COMMENT ON COLUMN public.d1.s IS 'a struct'",
                "COMMENT ON COLUMN d1.id IS NULL",
                "COMMENT ON TABLE d1 IS 'the whole'");
        assertThat(lake.rows("DESCRIBE d1"))
                .containsExactly("id|INTEGER|true|null|null", "s|STRUCT(\"f\" INTEGER)|true|null|a struct");
    }

    @Test
    void what_is_there_or_missing_may_be_passed_over(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE i1 (id INTEGER)",
                "ALTER TABLE IF EXISTS nowhere ADD COLUMN x INTEGER",
                "ALTER TABLE IF EXISTS nowhere RENAME TO somewhere",
                "ALTER TABLE i1 ADD COLUMN IF NOT EXISTS ID BIGINT, DROP COLUMN IF EXISTS nothing",
                "ALTER TABLE i1 ADD COLUMNS (a INTEGER, b INTEGER)",
                "ALTER TABLE i1 DROP COLUMNS (a, b)",
                "ALTER TABLE i1 UNSET TBLPROPERTIES IF EXISTS ('none')");
        assertThat(lake.rows("DESCRIBE i1")).containsExactly("id|INTEGER|true|null|null");
    }

    @Test
    void many_alters_are_read_as_one_table(Lake lake) throws SQLException {
        lake.run("CREATE TABLE m1 (id INTEGER)", "INSERT INTO m1 VALUES (0)");
        for (var i : IntStream.range(1, 5).toArray()) {
            lake.run(
                    "ALTER TABLE m1 ADD COLUMN c" + i + " INTEGER FIRST",
                    "INSERT INTO m1 (id, c" + i + ") VALUES (" + i + ", " + i * 10 + ")");
        }
        assertThat(lake.rows("SELECT id, c1, c4 FROM m1 ORDER BY id"))
                .containsExactly("0|null|null", "1|10|null", "2|null|null", "3|null|null", "4|null|40");
    }
}
