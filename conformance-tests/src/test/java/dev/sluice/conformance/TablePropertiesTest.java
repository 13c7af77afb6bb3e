package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Format versions, defaults and properties, and the statements that show them. */
@ExtendWith(SluiceExtension.class)
final class TablePropertiesTest {
    @Test
    void a_column_has_its_default_where_a_row_says_nothing_of_it(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE d1 (id INTEGER DEFAULT -1, name VARCHAR NOT NULL DEFAULT 'it''s')"
                        + " TBLPROPERTIES ('format-version' = '3')",
                "INSERT INTO d1 (id) VALUES (1)",
                "INSERT INTO d1 VALUES (2, DEFAULT), (DEFAULT, 'c')",
                "ALTER TABLE d1 ADD COLUMN day DATE DEFAULT DATE '2026-01-31', ADD COLUMN raw BLOB DEFAULT x'00ff'",
                "ALTER TABLE d1 ALTER COLUMN day SET DEFAULT '2026-02-01', ALTER COLUMN id DROP DEFAULT",
                "INSERT INTO d1 (name) VALUES ('d')");
        assertThat(lake.rows("SELECT id, name, day, hex(raw) FROM d1 ORDER BY name, id"))
                .containsExactly(
                        "-1|c|2026-01-31|00FF",
                        "null|d|2026-02-01|00FF",
                        "1|it's|2026-01-31|00FF",
                        "2|it's|2026-01-31|00FF");
    }

    @Test
    void a_format_version_goes_up_and_never_down(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE f1 (id INTEGER) TBLPROPERTIES ('format-version' = '1', 'mine' = 'x')",
                "INSERT INTO f1 VALUES (1)",
                "ALTER TABLE f1 SET TBLPROPERTIES ('format-version' = '2')",
                "INSERT INTO f1 VALUES (2)",
                "ALTER TABLE f1 SET TBLPROPERTIES ('format-version' = '3')",
                "INSERT INTO f1 VALUES (3)");
        assertThat(lake.rows("SELECT id FROM f1 ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(lake.rows("SHOW TBLPROPERTIES f1")).contains("format-version|3", "mine|x");
        assertThatThrownBy(() -> lake.run("ALTER TABLE f1 SET TBLPROPERTIES ('format-version' = '2')"))
                .hasMessageContaining("cannot go back to 2");
        assertThatThrownBy(() -> lake.run("CREATE TABLE f2 (id INTEGER) TBLPROPERTIES ('format-version' = '4')"))
                .hasMessageContaining("expected 1, 2, 3");
        assertThatThrownBy(() -> lake.run("CREATE TABLE f2 (id INTEGER DEFAULT 1)"))
                .hasMessageContaining("needs format version 3");
    }

    @Test
    void a_table_is_made_again_from_what_show_create_says(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE s1 (id INTEGER NOT NULL DEFAULT 7 COMMENT 'the ''key''', \"odd name\" VARCHAR, f FIXED(4),"
                        + " d DECIMAL(10, 2), ts TIMESTAMPTZ, s STRUCT(a INTEGER, b VARCHAR[]), m MAP(VARCHAR, DATE))"
                        + " PARTITIONED BY (bucket(4, id), day(ts), \"odd name\") COMMENT 'a table'"
                        + " TBLPROPERTIES ('format-version' = '3', 'write.delete.mode' = 'merge-on-read')");
        var statement = lake.rows("SHOW CREATE TABLE s1").getFirst();
        var columns = lake.rows("DESCRIBE s1");
        lake.run("DROP TABLE s1", statement);
        assertThat(lake.rows("SHOW CREATE TABLE s1")).containsExactly(statement);
        assertThat(lake.rows("DESCRIBE s1")).isEqualTo(columns);
        assertThat(lake.rows("DESCRIBE TABLE EXTENDED s1"))
                .contains("f|FIXED(4)|null", "ts|day(ts)|", "Format version|3|", "comment|a table|");
    }
}
