package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ALTER TABLE must not do is refused by one clear error, and the table stays as it was. */
@ExtendWith(SluiceExtension.class)
final class AlterRefusalsTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "ADD COLUMN ID INTEGER", "Column 'ID' exists already in table 'public.a' (line 1, column 26)"),
                arguments("ADD COLUMN s.F INTEGER", "Column 's.F' exists already"),
                arguments("ADD COLUMN x INTEGER, ADD COLUMN X DATE", "Column 'X' exists already"),
                arguments("ADD COLUMN no.x INTEGER", "Column 'no' does not exist in table 'public.a'"),
                arguments("ADD COLUMN id.x INTEGER", "'id' is no STRUCT but INTEGER"),
                arguments("ADD COLUMN points.z DOUBLE", "write points.element"),
                arguments("ADD COLUMN x INTEGER NOT NULL", "has rows, which would have no value"),
                arguments("ADD COLUMN x INTEGER AFTER none", "Column 'none', after which 'x' should come, does not"),
                arguments("ADD COLUMN x INTEGER DEFAULT 1", "The DEFAULT of column 'x' needs format version 3"),
                arguments("ADD COLUMN x INTEGER DEFAULT now()", "A default value is a constant"),
                arguments("ADD COLUMN x HUGEINT", "Tables have no type HUGEINT"),
                arguments("ADD PRIMARY KEY (id)", "Constraints are not supported"),
                arguments("DROP COLUMN none", "Column 'none' does not exist"),
                arguments("DROP COLUMN s.none", "Column 's.none' does not exist"),
                arguments("DROP COLUMN s.f", "The last field of 's' cannot be dropped"),
                arguments("DROP COLUMN d", "the table is partitioned by it; DROP PARTITION FIELD d_day first"),
                arguments("DROP COLUMN points.element", "'points.element' is what a list or a map holds"),
                arguments("RENAME COLUMN id TO D", "Column 'd' exists already"),
                arguments("RENAME COLUMN none TO x", "Column 'none' does not exist"),
                arguments("RENAME COLUMN m.key TO x", "is of a map's key, which cannot change"),
                arguments("RENAME TO taken", "Table 'public.taken' exists already"),
                arguments("RENAME TO no_schema.x", "Schema 'no_schema' does not exist"),
                arguments("ALTER COLUMN big TYPE INTEGER", "Column 'big' cannot change from BIGINT to INTEGER"),
                arguments("ALTER COLUMN id TYPE VARCHAR", "Column 'id' cannot change from INTEGER to VARCHAR"),
                arguments("ALTER COLUMN price TYPE DECIMAL(4, 1)", "from DECIMAL(4, 2) to DECIMAL(4, 1)"),
                arguments("ALTER COLUMN s TYPE INTEGER", "Column 's' cannot change from STRUCT(f INTEGER) to INTEGER"),
                arguments("ALTER COLUMN id AFTER id", "Column 'id' cannot come after itself"),
                arguments("ALTER COLUMN id SET DEFAULT 5", "needs format version 3"),
                arguments("ALTER COLUMN id", "Expected TYPE, SET, DROP, COMMENT, FIRST or AFTER"),
                arguments("ADD PARTITION FIELD day(id)", "Cannot partition by day of column 'id' of type int"),
                arguments("ADD PARTITION FIELD none", "Cannot partition by 'none': the table has no such column"),
                arguments("ADD PARTITION FIELD day(d)", "cannot be partitioned so"),
                arguments("DROP PARTITION FIELD id", "Table 'public.a' is not partitioned by id"),
                arguments("SET LOCATION '/tmp/x'", "A table's location cannot be set"),
                arguments("SET TBLPROPERTIES ('format-version' = '1')", "has format version 2 and cannot go back to 1"),
                arguments("SET TBLPROPERTIES ('format-version' = '9')", "expected 1, 2, 3"),
                arguments("SET TBLPROPERTIES ('write.delete.mode' = 'fast')", "expected copy-on-write, merge-on-read"),
                arguments(
                        "SET TBLPROPERTIES ('write.target-file-size-bytes' = 'big')",
                        "expected a whole number above 0"),
                arguments("SET TBLPROPERTIES ('uuid' = 'x')", "Iceberg keeps it itself"),
                arguments("UNSET TBLPROPERTIES ('none')", "has no property 'none' to unset"),
                arguments("EXPLODE", "Expected ADD, ALTER, DROP, RENAME"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_a_table_cannot_become_is_refused_and_changes_nothing(String action, String expected, Lake lake)
            throws SQLException {
        lake.run(
                "CREATE TABLE IF NOT EXISTS a (id INTEGER, big BIGINT, d DATE, price DECIMAL(4, 2), s STRUCT(f INTEGER),"
                        + " points STRUCT(x DOUBLE)[], m MAP(VARCHAR, INTEGER)) PARTITIONED BY (day(d))",
                "CREATE TABLE IF NOT EXISTS taken (id INTEGER)");
        if (lake.rows("SELECT id FROM a").isEmpty()) {
            lake.run("INSERT INTO a (id, d) VALUES (1, DATE '2024-01-01')");
        }
        var before = lake.rows("DESCRIBE a");
        var sql = "ALTER TABLE a " + action;
        assertThatThrownBy(() -> lake.run(sql))
                .isInstanceOf(SQLException.class)
                .message()
                .contains(expected)
                .doesNotContain("\n")
                .doesNotContain("Exception");
        assertThat(lake.rows("DESCRIBE a")).isEqualTo(before);
    }

    @Test
    void only_a_branch_is_altered(Lake lake) throws SQLException {
        lake.run("CREATE TABLE o1 (id INTEGER)", "CREATE TAG fixed");
        for (var place : new String[] {"AT TAG fixed", "FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01'"}) {
            assertThatThrownBy(() -> lake.run("ALTER TABLE o1 " + place + " ADD COLUMN x INTEGER"))
                    .hasMessageContaining("Only a branch can be written to");
        }
        assertThatThrownBy(() -> lake.run("ALTER TABLE nowhere ADD COLUMN x INTEGER"))
                .hasMessageContaining("public.nowhere does not exist on BRANCH main");
    }

    @Test
    void the_last_column_stays(Lake lake) throws SQLException {
        lake.run("CREATE TABLE l1 (id INTEGER, x INTEGER)");
        assertThatThrownBy(() -> lake.run("ALTER TABLE l1 DROP COLUMNS (id, x)"))
                .hasMessageContaining("The last column of table 'public.l1' cannot be dropped");
    }
}
