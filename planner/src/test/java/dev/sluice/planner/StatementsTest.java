package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Filter;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.planner.Statement.Existing;
import dev.sluice.planner.Statement.Listing;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
final class StatementsTest {
    private static final Ref.Branch DEV = new Ref.Branch("dev");

    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake().table("t", "id INTEGER, Name VARCHAR, n DOUBLE").table("u", "id INTEGER, name VARCHAR");
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    private static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN | Bool",
                "TINYINT | Int(32, true)",
                "INTEGER | Int(32, true)",
                "LONG | Int(64, true)",
                "REAL | FloatingPoint(SINGLE)",
                "DOUBLE PRECISION | FloatingPoint(DOUBLE)",
                "DECIMAL | Decimal(18, 3, 128)",
                "NUMERIC(10) | Decimal(10, 0, 128)",
                "DECIMAL(38, 10) | Decimal(38, 10, 128)",
                "DATE | Date(DAY)",
                "TIME | Time(MICROSECOND, 64)",
                "TIMESTAMP | Timestamp(MICROSECOND, null)",
                "TIMESTAMP WITHOUT TIME ZONE | Timestamp(MICROSECOND, null)",
                "TIMESTAMP WITH TIME ZONE | Timestamp(MICROSECOND, UTC)",
                "TIMESTAMPTZ | Timestamp(MICROSECOND, UTC)",
                "VARCHAR(20) | Utf8",
                "STRING | Utf8",
                "UUID | FixedSizeBinary(16)",
                "FIXED(4) | FixedSizeBinary(4)",
                "BINARY(3) | FixedSizeBinary(3)",
                "BLOB | Binary",
                "STRUCT(a INTEGER, b VARCHAR) | Struct<a: Int(32, true), b: Utf8>",
                "ROW(a INTEGER NOT NULL) | Struct<a: Int(32, true) not null>",
                "INTEGER[] | List<element: Int(32, true)>",
                "INTEGER[][] | List<element: List<element: Int(32, true)>>",
                "ARRAY<STRING> | List<element: Utf8>",
                "LIST(DATE) | List<element: Date(DAY)>",
                "BIGINT ARRAY | List<element: Int(64, true)>",
                "MAP(VARCHAR, INTEGER) | Map(false)<entries: Struct<key: Utf8 not null, value: Int(32, true)> not null>",
                "MAP<INT, MAP<INT, STRUCT<x: INT>>> | Map(false)<entries: Struct<key: Int(32, true) not null, value:"
                        + " Map(false)<entries: Struct<key: Int(32, true) not null, value: Struct<x: Int(32, true)>>"
                        + " not null>> not null>",
            })
    void columns_have_all_the_types_of_a_lake(String type, String expected) {
        var create = (Statement.CreateTable) lake.plan("CREATE TABLE x (c " + type + ")");
        assertThat(create.columns().getFields().getFirst()).hasToString("c: " + expected);
    }

    @Test
    void a_table_is_created_with_all_its_clauses() {
        var create = (Statement.CreateTable)
                lake.plan("""
                CREATE TABLE IF NOT EXISTS s.x AT BRANCH dev (
                    Id BIGINT NOT NULL COMMENT 'the key', ts TIMESTAMP, "odd name" VARCHAR)
                PARTITIONED BY (day(ts), bucket(16, id), truncate("odd name", 4), ID)
                TBLPROPERTIES ('write.format.default' = 'parquet', commit.retry.num-retries = 3)
                """.replace("commit.retry.num-retries", "'commit.retry.num-retries'"));
        assertThat(create.table().name()).isEqualTo(new QualifiedName("s", "x"));
        assertThat(create.table().ref()).contains(DEV);
        assertThat(create.existing()).isEqualTo(Existing.KEEP);
        assertThat(create.columns().getFields()).extracting(Field::getName).containsExactly("Id", "ts", "odd name");
        assertThat(create.columns().findField("Id").isNullable()).isFalse();
        assertThat(create.columns().findField("Id").getMetadata()).containsEntry("comment", "the key");
        assertThat(create.partitioning())
                .containsExactly(
                        new PartitionField("ts", new PartitionField.Day()),
                        new PartitionField("Id", new PartitionField.Bucket(16)),
                        new PartitionField("odd name", new PartitionField.Truncate(4)),
                        new PartitionField("Id", new PartitionField.Identity()));
        assertThat(create.properties())
                .isEqualTo(Map.of("write.format.default", "parquet", "commit.retry.num-retries", "3"));
        assertThat(create.rows()).isEmpty();
    }

    @Test
    void a_table_is_created_from_a_query() {
        var create = (Statement.CreateTable) lake.plan(
                "CREATE OR REPLACE TABLE x PARTITIONED BY (year(d)) AS SELECT id, DATE '2024-01-01' d FROM t");
        assertThat(create.existing()).isEqualTo(Existing.REPLACE);
        assertThat(Lake.text(create.rows().orElseThrow()).strip())
                .isEqualTo("SELECT id, DATE '2024-01-01' d FROM «public.t» AS \"t\"");
    }

    @Test
    void rows_are_inserted_into_named_columns() {
        var insert = (Statement.Insert)
                lake.plan("INSERT INTO T AT BRANCH dev (NAME, id) SELECT name, id + ? FROM u WHERE id > ?");
        assertThat(insert.table().ref()).contains(DEV);
        assertThat(insert.columns()).containsExactly("Name", "id");
        assertThat(insert.rows().parameters()).isEqualTo(2);
        assertThat(Lake.text(insert.rows()).strip())
                .isEqualTo("SELECT name, id + ? FROM «public.u» AS \"u\" WHERE id > ?");
    }

    @Test
    void rows_are_inserted_into_all_columns() {
        var insert = (Statement.Insert) lake.plan("INSERT INTO t VALUES (1, 'a', [1, 2][1]), (2, 'b', 0.5)");
        assertThat(insert.columns()).containsExactly("id", "Name", "n");
        assertThat(Lake.text(insert.rows()).strip()).isEqualTo("VALUES (1, 'a', [1, 2][1]), (2, 'b', 0.5)");
    }

    @Test
    void an_update_becomes_a_query_for_places_and_values() {
        var update =
                (Statement.Update) lake.plan("UPDATE t AT BRANCH dev AS x SET NAME = u.name || ?, x.n = n + (SELECT"
                        + " max(id) FROM u) FROM u, t AS y WHERE x.id = u.id AND n IS DISTINCT FROM ? -- done");
        assertThat(update.columns()).containsExactly("Name", "n");
        assertThat(update.table().ref()).contains(DEV);
        var scans = update.matches().scans();
        assertThat(scans).extracting(Scan::positions).containsExactly(true, false, false, false);
        assertThat(scans.getFirst().table().ref()).contains(DEV);
        assertThat(update.matches().parameters()).isEqualTo(2);
        assertThat(Lake.text(update.matches()).replaceAll(" +", " "))
                .isEqualTo("SELECT \"x\".__sluice_file, \"x\".__sluice_row, (u.name || ?), (n + (SELECT max(id) FROM"
                        + " «public.u» AS \"u\")) FROM «public.t» AS \"x\", «public.u» AS \"u\", «public.t» AS y WHERE"
                        + " (x.id = u.id AND n IS DISTINCT FROM ?)");
    }

    @Test
    void a_delete_becomes_a_query_for_places() {
        var delete = (Statement.Delete) lake.plan("DELETE FROM public.t USING u WHERE t.id = u.id AND public.t.n > 3");
        assertThat(delete.matches().scans()).extracting(Scan::positions).containsExactly(true, false);
        assertThat(Lake.text(delete.matches()))
                .isEqualTo("SELECT \"t\".__sluice_file, \"t\".__sluice_row FROM «public.t» AS \"t\", «public.u» AS"
                        + " \"u\" WHERE (t.id = u.id AND t.n > 3)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = 'x' | (Name <> 'x' OR Name IS NULL)",
                "id > 3 AND id <= ? | ((id <= 3 OR id IS NULL) OR (id > ?0 OR id IS NULL))",
                "id = 1 OR name IS NULL | ((id <> 1 OR id IS NULL) AND Name IS NOT NULL)",
                "id IN (1, 2) | ((id <> 1 OR id IS NULL) AND (id <> 2 OR id IS NULL))",
                "id = 1 AND random() > 0.5 |",
                "id = 1 AND id IN (SELECT id FROM u) |",
                "name LIKE 'x%' |",
                "id = 1 AND name = upper('x') |",
                "id % 2 = 0 |",
            })
    void a_delete_tells_what_the_rows_that_stay_satisfy(String condition, String kept) {
        var delete = (Statement.Delete) lake.plan("DELETE FROM t AS x WHERE " + condition);
        assertThat(delete.kept().map(FilterSql::of)).isEqualTo(Optional.ofNullable(kept));
    }

    @Test
    void truncate_deletes_every_row() {
        var delete = (Statement.Delete) lake.plan("TRUNCATE TABLE t");
        assertThat(delete.kept()).contains(new Filter.Or(List.of()));
        assertThat(Lake.text(delete.matches()))
                .isEqualTo("SELECT \"t\".__sluice_file, \"t\".__sluice_row FROM «public.t» AS \"t\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t (id, nope) VALUES (1, 2) | COLUMN_NOT_FOUND 1:20 Column 'nope' does not exist in table 'public.t'",
                "INSERT INTO t (id, ID) VALUES (1, 2) | AMBIGUOUS_NAME 1:20 Column 'ID' is named twice",
                "INSERT INTO t (id) VALUES (1, 2) | INVALID_STATEMENT 1:20 VALUES has 2 columns, but 1 are to be filled",
                "INSERT INTO t VALUES (1, 2) | INVALID_STATEMENT 1:15 VALUES has 2 columns, but 3 are to be filled",
                "UPDATE t SET nope = 1 | COLUMN_NOT_FOUND 1:14 Column 'nope' does not exist in table 'public.t'",
                "UPDATE t SET id = 1, id = 2 | AMBIGUOUS_NAME 1:22 Column 'id' is named twice",
                "INSERT INTO t AT TAG v VALUES (1, 2) | INVALID_STATEMENT 1:15 Only a branch can be written to",
                "CREATE TABLE x (a INTEGER, A INTEGER) | AMBIGUOUS_NAME 1:28 Column 'A' is named twice",
                "CREATE TABLE x (a HUGEINT) | UNSUPPORTED 1:19 Tables have no type HUGEINT: use DECIMAL(38, 0)",
                "CREATE TABLE x (a INTEGER) PARTITIONED BY (b) | COLUMN_NOT_FOUND 1:44 Column 'b' does not exist, so the table cannot be partitioned by it",
                "CREATE FUNCTION f() RETURNS INTEGER LANGUAGE PYTHON AS 'x' | UNSUPPORTED 1:46 Functions are written in JAVA, not 'PYTHON'",
                "CREATE FUNCTION f(x INTERVAL) RETURNS INTEGER LANGUAGE JAVA AS 'x' | UNSUPPORTED 1:21 Functions have no type INTERVAL: use VARCHAR",
                "CREATE BRANCH 'a b' | INVALID_VALUE 1:15 Invalid branch name 'a b': expected a letter, then letters, digits, '.', '_', '-' or '/'",
                "SELECT * FROM t FOR SYSTEM_TIME AS OF 'yesterday' | INVALID_VALUE 1:39 Invalid time 'yesterday': expected '2026-01-31', '2026-01-31 12:00:00' (UTC) or '2026-01-31 12:00:00+01:00'",
                "COPY INTO t FROM 'x.bin' | INVALID_VALUE 1:18 The format of 'x.bin' is not clear: add (FORMAT parquet), csv or json",
            })
    void mistakes_are_told_with_their_place(String sql, String expected) {
        assertThat(lake.refusal(sql)).isEqualTo(expected);
    }

    @Test
    void files_are_copied_with_options() {
        var copy = (Statement.CopyInto) lake.plan(
                "COPY INTO t FROM 'in/*.csv.gz' (HEADER, DELIMITER ';', skip 2, names ['a', 'b'], nullstr = '')");
        assertThat(copy.format()).isEqualTo("csv");
        assertThat(copy.source()).isEqualTo("in/*.csv.gz");
        assertThat(copy.options())
                .isEqualTo(
                        Map.of("header", "true", "delim", "';'", "skip", "2", "names", "['a', 'b']", "nullstr", "''"));
        assertThat(((Statement.CopyInto) lake.plan("COPY INTO t FROM 'x' (FORMAT json)")).format())
                .isEqualTo("json");
        assertThat(((Statement.CopyInto) lake.plan("COPY INTO t FROM 'x.ndjson'")).format())
                .isEqualTo("json");
        assertThat(((Statement.CopyInto) lake.plan("COPY INTO t FROM 'x.tsv'")).options())
                .containsEntry("delim", "'\t'");
    }

    @Test
    void refs_are_created_dropped_merged_and_used() {
        assertThat(lake.plan("CREATE BRANCH IF NOT EXISTS dev FROM TAG v1"))
                .isEqualTo(new Statement.CreateRef(DEV, Optional.of(new Ref.Tag("v1")), true));
        assertThat(lake.plan("CREATE BRANCH \"dev\" FROM main"))
                .isEqualTo(new Statement.CreateRef(DEV, Optional.of(new Ref.Branch("main")), false));
        assertThat(lake.plan("CREATE TAG v1 FROM COMMIT '0123456789abcdef'"))
                .isEqualTo(new Statement.CreateRef(
                        new Ref.Tag("v1"), Optional.of(new Ref.Hash("0123456789abcdef")), false));
        assertThat(lake.plan("DROP BRANCH IF EXISTS dev")).isEqualTo(new Statement.DropRef(DEV, true));
        assertThat(lake.plan("DROP TAG 'v/1'")).isEqualTo(new Statement.DropRef(new Ref.Tag("v/1"), false));
        assertThat(lake.plan("MERGE BRANCH dev INTO BRANCH main"))
                .isEqualTo(new Statement.MergeBranch(DEV, new Ref.Branch("main")));
        assertThat(lake.plan("USE BRANCH dev;")).isEqualTo(new Statement.UseRef(DEV));
        assertThat(lake.plan("USE s")).isEqualTo(new Statement.UseSchema("s"));
        assertThat(lake.plan("USE SCHEMA sluice.s")).isEqualTo(new Statement.UseSchema("s"));
    }

    @Test
    void schemas_and_tables_are_dropped() {
        assertThat(lake.plan("CREATE SCHEMA IF NOT EXISTS s")).isEqualTo(new Statement.CreateSchema("s", true));
        assertThat(lake.plan("DROP SCHEMA s")).isEqualTo(new Statement.DropSchema("s", false));
        var drop = (Statement.DropTable) lake.plan("DROP TABLE IF EXISTS s.t AT BRANCH dev");
        assertThat(drop.ifExists()).isTrue();
        assertThat(drop.table().ref()).contains(DEV);
    }

    @Test
    void a_function_is_created_from_its_source() {
        var sql = """
                CREATE OR REPLACE FUNCTION geo.miles(a DOUBLE, b DECIMAL(5, 2)) RETURNS BIGINT
                LANGUAGE JAVA HANDLER 'Geo.miles' IMMUTABLE CALLED ON NULL INPUT
                AS $body$ class Geo { String s = "; $$ 'x'"; } $body$""";
        var create = (Statement.CreateFunction) lake.plan(sql);
        assertThat(create.name()).isEqualTo(new QualifiedName("geo", "miles"));
        assertThat(create.existing()).isEqualTo(Existing.REPLACE);
        assertThat(create.parameters()).hasToString("[a: FloatingPoint(DOUBLE), b: Decimal(5, 2, 128)]");
        assertThat(create.result().getType()).hasToString("Int(64, true)");
        assertThat(create.handler()).contains("Geo.miles");
        assertThat(create.deterministic()).isTrue();
        assertThat(create.calledOnNull()).isTrue();
        assertThat(create.body()).isEqualTo(" class Geo { String s = \"; $$ 'x'\"; } ");
        assertThat(sql.substring(create.bodyOffset())).startsWith(create.body());
        assertThat(lake.plan("DROP FUNCTION IF EXISTS miles"))
                .isEqualTo(new Statement.DropFunction(name("miles"), true));
    }

    @Test
    void things_are_listed_and_described() {
        assertThat(lake.plan("SHOW TABLES FROM s LIKE 'a%'"))
                .isEqualTo(new Statement.Show(Listing.TABLES, Optional.of("s"), Optional.of("a%")));
        assertThat(lake.plan("SHOW BRANCHES"))
                .isEqualTo(new Statement.Show(Listing.BRANCHES, Optional.empty(), Optional.empty()));
        assertThat(((Statement.Describe) lake.plan("DESC TABLE t AT TAG v1"))
                        .table()
                        .ref())
                .contains(new Ref.Tag("v1"));
        assertThat(lake.plan("DESCRIBE FUNCTION f")).isEqualTo(new Statement.DescribeFunction(name("f")));
        assertThat(((Statement.Explain) lake.plan("EXPLAIN ANALYZE FROM t")).analyze())
                .isTrue();
    }
}
