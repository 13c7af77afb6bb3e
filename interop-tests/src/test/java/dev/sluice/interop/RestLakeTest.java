package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A Sluice at an Iceberg REST catalog, through the stock JDBC driver; each test has tables of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestLakeTest {
    private Path folder;
    private RestCatalogServer catalog;
    private SluiceServer sluice;
    private Connection connection;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path folder) throws Exception {
        this.folder = folder;
        catalog = RestCatalogServer.start(folder.resolve("warehouse"));
        sluice = serve("sluice");
        connection = connect(sluice);
    }

    @MustBeClosed
    private SluiceServer serve(String name) {
        return SluiceServer.open(ServerConfig.read(
                Optional.empty(),
                Map.of(
                        "data.folder",
                        folder.resolve(name).toString(),
                        "catalog.type",
                        "rest",
                        "catalog.uri",
                        catalog.uri().toString(),
                        "catalog.warehouse",
                        folder.resolve("warehouse").toString(),
                        "flight.port",
                        "0",
                        "engine.memory",
                        "1GB")));
    }

    @MustBeClosed
    private static Connection connect(SluiceServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + server.port() + "/?useEncryption=false");
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        sluice.close();
        catalog.close();
    }

    private void run(String... statements) throws SQLException {
        for (var sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private List<String> rows(String sql) throws SQLException {
        return rows(connection, sql);
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    @Test
    void schemas_and_tables_are_made_changed_renamed_and_dropped() throws SQLException {
        run(
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.Orders (id BIGINT NOT NULL, amount DECIMAL(10, 2)) PARTITIONED BY (bucket(4, id))",
                "INSERT INTO sales.orders VALUES (1, 10.50), (2, 20.00)",
                "ALTER TABLE sales.orders ADD COLUMN city VARCHAR",
                "ALTER TABLE sales.orders RENAME COLUMN amount TO price",
                "INSERT INTO sales.orders VALUES (3, 5, 'Oslo')");
        assertThat(rows("SELECT id, price, city FROM sales.orders ORDER BY id"))
                .containsExactly("1|10.50|null", "2|20.00|null", "3|5.00|Oslo");
        run("ALTER TABLE sales.orders RENAME TO public.paid");
        assertThat(rows("SHOW TABLES IN public"))
                .anySatisfy(row -> assertThat(row).contains("paid"));
        assertThat(rows("SELECT count(*) FROM paid")).containsExactly("3");
        run("DROP SCHEMA sales", "DROP TABLE paid");
        assertFails("SELECT * FROM paid").hasMessageContaining("paid");
    }

    @Test
    void rows_are_changed_by_every_statement() throws Exception {
        var csv = Files.writeString(folder.resolve("new.csv"), "id,name\n7,seven\n8,eight\n");
        run(
                "CREATE TABLE t (id BIGINT, name VARCHAR)",
                "INSERT INTO t SELECT i, 'n' || i FROM range(1, 6) r(i)",
                "UPDATE t SET name = 'two' WHERE id = 2",
                "DELETE FROM t WHERE id = 3",
                "COPY INTO t FROM '" + csv + "' WITH (HEADER = true)",
                "MERGE INTO t USING (VALUES (1, 'one'), (9, 'nine')) s(id, name) ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET name = s.name"
                        + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)");
        assertThat(rows("SELECT id, name FROM t ORDER BY id"))
                .containsExactly("1|one", "2|two", "4|n4", "5|n5", "7|seven", "8|eight", "9|nine");
        run("INSERT OVERWRITE t VALUES (1, 'only')");
        assertThat(rows("SELECT * FROM t")).containsExactly("1|only");
        run("CREATE OR REPLACE TABLE t AS SELECT 5 AS x");
        assertThat(rows("SELECT * FROM t")).containsExactly("5");
        run("TRUNCATE TABLE t");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void deletion_vectors_and_position_deletes_are_written() throws SQLException {
        for (var version : List.of("2", "3")) {
            run(
                    "CREATE TABLE d" + version + " TBLPROPERTIES ('format-version' = '" + version
                            + "', 'write.delete.mode' = 'merge-on-read') AS SELECT * FROM range(100) r(i)",
                    "DELETE FROM d" + version + " WHERE i % 10 = 0");
            assertThat(rows("SELECT count(*), sum(i) FROM d" + version)).containsExactly("90|4500");
            assertThat(rows("SELECT content FROM d" + version + "$files ORDER BY content"))
                    .containsExactly("0", "1");
        }
    }

    @Test
    void the_history_of_a_table_is_read_and_kept_small() throws SQLException {
        run(
                "CREATE TABLE h AS SELECT 1 AS i",
                "INSERT INTO h VALUES (2)",
                "INSERT INTO h VALUES (3)",
                "INSERT INTO h VALUES (4)",
                "INSERT INTO h VALUES (5)",
                "INSERT INTO h VALUES (6)");
        var snapshots = rows("SELECT snapshot_id, committed_at FROM h$snapshots ORDER BY committed_at");
        assertThat(snapshots).hasSize(6);
        var second = snapshots.get(1).split("\\|", -1);
        assertThat(rows("SELECT * FROM h FOR VERSION AS OF " + second[0] + " ORDER BY i"))
                .containsExactly("1", "2");
        assertThat(rows("SELECT count(*) FROM h FOR SYSTEM_TIME AS OF TIMESTAMP '" + second[1] + "'"))
                .containsExactly("2");
        run(
                "OPTIMIZE h",
                "REWRITE MANIFESTS h",
                "EXPIRE SNAPSHOTS h OLDER THAN TIMESTAMP '2100-01-01 00:00:00' RETAIN LAST 1");
        assertThat(rows("SELECT count(*) FROM h$files")).containsExactly("1");
        assertThat(rows("SELECT count(*) FROM h$snapshots")).containsExactly("1");
        assertThat(rows("SELECT sum(i) FROM h")).containsExactly("21");
    }

    @Test
    void views_are_kept_where_the_tables_are() throws SQLException {
        run(
                "CREATE TABLE base AS SELECT * FROM range(10) r(i)",
                "CREATE VIEW big AS SELECT i FROM base WHERE i > 6",
                "CREATE OR REPLACE VIEW big AS SELECT i FROM base WHERE i > 7");
        assertThat(rows("SELECT i FROM BIG ORDER BY i")).containsExactly("8", "9");
        run("DROP VIEW big");
        assertFails("SELECT * FROM big").hasMessageContaining("big");
    }

    @Test
    void another_server_at_the_same_catalog_sees_each_commit_and_conflicts_are_told() throws SQLException {
        run("CREATE TABLE shared (id BIGINT)", "INSERT INTO shared VALUES (1)");
        try (var other = serve("other");
                var there = connect(other)) {
            assertThat(rows(there, "SELECT * FROM shared")).containsExactly("1");
            run("INSERT INTO shared VALUES (2)");
            assertThat(rows(there, "SELECT count(*) FROM shared")).containsExactly("2");
            try (var statement = there.createStatement()) {
                statement.execute("UPDATE shared SET id = id + 10");
            }
            run("UPDATE shared SET id = id + 100");
            assertThat(rows(there, "SELECT id FROM shared ORDER BY id")).containsExactly("111", "112");
        }
    }

    @Test
    void a_transaction_reads_one_state_of_each_table_and_does_not_write() throws SQLException {
        run("CREATE TABLE seen AS SELECT 1 AS i");
        try (var reader = connect(sluice);
                var statement = reader.createStatement()) {
            statement.execute("BEGIN");
            assertThat(rows(reader, "SELECT count(*) FROM seen")).containsExactly("1");
            run("INSERT INTO seen VALUES (2)");
            assertThat(rows(reader, "SELECT count(*) FROM seen")).containsExactly("1");
            assertThatThrownBy(() -> statement.execute("INSERT INTO seen VALUES (3)"))
                    .hasMessageContaining("A transaction that writes")
                    .hasMessageContaining("catalog.type = embedded or nessie");
            statement.execute("COMMIT");
            assertThat(rows(reader, "SELECT count(*) FROM seen")).containsExactly("2");
        }
    }

    @Test
    void what_needs_commits_and_branches_is_refused_by_name() throws SQLException {
        run("CREATE TABLE refused (i BIGINT)");
        assertThat(rows("SHOW BRANCHES")).singleElement().asString().startsWith("main|");
        assertThat(rows("SHOW TAGS")).isEmpty();
        for (var sql : List.of(
                "CREATE BRANCH dev",
                "DROP BRANCH dev",
                "CREATE TAG v1",
                "USE BRANCH dev",
                "MERGE BRANCH dev INTO main",
                "SELECT * FROM refused AT BRANCH dev",
                "INSERT INTO refused AT BRANCH dev VALUES (1)",
                "SHOW LOG",
                "SHOW DIFF main, main",
                "ALTER BRANCH main SET PROTECTED",
                "CREATE FUNCTION f(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$"
                        + " public class F { public static long f(long x) { return x; } } $$",
                "REMOVE ORPHAN FILES",
                "COLLECT GARBAGE")) {
            assertFails(sql).as(sql).hasMessageContaining("not supported by this catalog");
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(String sql) {
        return assertThatThrownBy(() -> {
                    try (var statement = connection.createStatement()) {
                        if (statement.execute(sql)) {
                            statement.getResultSet().next();
                        }
                    }
                })
                .isInstanceOf(SQLException.class);
    }
}
