package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows in a table's write order, whichever statement writes them. */
@ExtendWith(SluiceExtension.class)
final class SortedWritesTest {
    private static final String ROWS = "SELECT hash(range) % 1000003 AS k, range % 3 AS p, md5(range::VARCHAR) AS pad";

    private static void assertSorted(Lake lake, String table, String order) throws SQLException {
        assertThat(lake.rows("SELECT count(*) FROM (SELECT _pos, row_number() OVER (PARTITION BY _file ORDER BY "
                        + order + ", _pos) - 1 AS place FROM " + table + ") WHERE _pos <> place"))
                .containsExactly("0");
    }

    private static void assertMarked(Lake lake, String table, String ids) throws SQLException {
        assertThat(lake.rows("SELECT DISTINCT sort_order_id FROM " + table + "$files"))
                .containsExactly(ids);
    }

    @Test
    void a_table_made_from_a_query_lies_in_its_order_in_each_of_many_files(Lake lake) throws SQLException {
        lake.run("CREATE TABLE s1 PARTITIONED BY (p) SORTED BY (K DESC) TBLPROPERTIES ('write.target-file-size-bytes' ="
                + " '1000000') AS " + ROWS + " FROM range(400000)");
        assertSorted(lake, "s1", "k DESC");
        assertMarked(lake, "s1", "1");
        assertThat(lake.rows("SELECT min(file_count) > 1, sum(record_count) FROM s1$partitions"))
                .containsExactly("true|400000");
        assertThat(lake.rows("SELECT p, count(*) FROM s1 GROUP BY p ORDER BY p"))
                .containsExactly("0|133334", "1|133333", "2|133333");
    }

    @Test
    void each_statement_that_writes_follows_the_order(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE s2 (k BIGINT, p BIGINT, pad VARCHAR)",
                "ALTER TABLE s2 WRITE ORDERED BY truncate(10, k) DESC NULLS LAST, pad",
                "INSERT INTO s2 " + ROWS + " FROM range(3000)",
                "INSERT INTO s2 VALUES (NULL, 1, 'b'), (5, 1, 'z'), (7, 1, 'a')",
                "UPDATE s2 SET pad = reverse(pad) WHERE p = 1",
                "MERGE INTO s2 USING (SELECT 5 AS k, 'new' AS pad) AS n ON s2.k = n.k WHEN MATCHED THEN UPDATE SET pad ="
                        + " n.pad WHEN NOT MATCHED THEN INSERT (k, pad) VALUES (n.k, n.pad)");
        var order = "k - ((k % 10) + 10) % 10 DESC NULLS LAST, pad ASC NULLS FIRST";
        assertSorted(lake, "s2", order);
        assertMarked(lake, "s2", "1");
        lake.run("INSERT INTO s2 VALUES (9, 1, 'one more')");
        lake.rows("OPTIMIZE s2");
        assertSorted(lake, "s2", order);
        assertMarked(lake, "s2", "1");
        lake.rows("OPTIMIZE s2 SORT BY (pad)");
        assertSorted(lake, "s2", "pad NULLS LAST");
        assertThat(lake.rows("SELECT count(*) FROM s2$files WHERE sort_order_id > 0"))
                .containsExactly("0");
        lake.run("ALTER TABLE s2 WRITE UNORDERED", "INSERT INTO s2 VALUES (1, 1, 'b'), (2, 1, 'a')");
        assertThat(lake.rows("SELECT count(*) FROM s2$files WHERE sort_order_id > 0"))
                .containsExactly("0");
        assertThat(lake.rows("SELECT count(*), count(k) FROM s2")).containsExactly("3006|3005");
    }

    @Test
    void show_create_tells_the_order_and_makes_it_again(Lake lake) throws SQLException {
        lake.run("CREATE TABLE s3 (seen TIMESTAMP, \"odd name\" BIGINT) PARTITIONED BY (month(seen))"
                + " SORTED BY (day(seen), bucket(4, \"odd name\") DESC NULLS FIRST)");
        var statement = lake.rows("SHOW CREATE TABLE s3").getFirst();
        assertThat(statement)
                .contains("SORTED BY (day(seen) ASC NULLS FIRST, bucket(4, \"odd name\") DESC NULLS FIRST)");
        lake.run("DROP TABLE s3", statement, "ALTER TABLE s3 WRITE LOCALLY ORDERED BY (seen), RENAME seen TO \"when\"");
        assertThat(lake.rows("SHOW CREATE TABLE s3").getFirst()).contains("SORTED BY (when ASC NULLS FIRST)");
        assertThat(lake.rows("SHOW TBLPROPERTIES s3")).contains("write.distribution-mode|none");
    }

    @Test
    void an_order_of_what_the_table_has_not_is_refused(Lake lake) throws SQLException {
        lake.run("CREATE TABLE s4 (a BIGINT, d DOUBLE)");
        assertThatThrownBy(() -> lake.run("ALTER TABLE s4 WRITE ORDERED BY b"))
                .hasMessageContaining("Cannot sort by 'b': the table has no such column");
        assertThatThrownBy(() -> lake.run("ALTER TABLE s4 WRITE ORDERED BY bucket(4, d)"))
                .hasMessageContaining("Cannot sort by");
        assertThatThrownBy(() -> lake.run("CREATE TABLE s5 SORTED BY (x) AS SELECT 1 AS a"))
                .hasMessageContaining("Cannot sort by 'x'");
        assertThatThrownBy(() -> lake.run("ALTER TABLE s4 WRITE a")).hasMessageContaining("Expected ORDERED");
    }
}
