package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FieldIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WritingTest {
    private static final String ALL_TYPES = """
            SELECT * FROM (
              SELECT NULLIF(true, range % 3 = 0) AS b,
                range::INTEGER AS i,
                NULLIF(range - 5, 0) AS l,
                (range / 4)::FLOAT AS f,
                range / 8 AS d,
                (range / 3)::DECIMAL(7, 3) AS de,
                (range * 1e20)::DECIMAL(38, 2) AS wide,
                'text ' || range AS "a ""b c",
                encode('bytes ' || range) AS bin,
                DATE '1969-12-30' + range::INTEGER AS da,
                TIME '10:00:00.123456' AS ti,
                TIMESTAMP '1969-12-31 23:59:59.5' + to_seconds(range) AS ts,
                TIMESTAMPTZ '1969-12-31 23:59:59.5+00' + to_seconds(range) AS tz,
                [range, NULL] AS li,
                {'x': range, 'y z': {'deep': ['a', 'b']}} AS st,
                MAP {'k' || range: {'v': range}} AS ma,
                [{'p': [range]}] AS nested
              FROM range(10))
            """;

    @TempDir
    Path root;

    private OpenEngine lake;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test
    void open() {
        lake = new OpenEngine(root);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void every_type_comes_back_as_it_was_written() {
        var schema = lake.table(ALL_TYPES);
        var files = lake.write(ALL_TYPES, lake.target(schema));
        var read = "SELECT * FROM " + lake.from(schema, files);
        assertThat(lake.rows(read)).hasSize(10).isEqualTo(lake.rows(ALL_TYPES));
        assertThat(lake.engine().describe(read).result())
                .isEqualTo(lake.engine().describe(ALL_TYPES).result());
        assertThat(lake.engine()
                        .describe("SELECT * FROM "
                                + lake.engine().standIn(new Source(schema, List.of(), Optional.empty())))
                        .result())
                .isEqualTo(lake.engine().describe(ALL_TYPES).result());
    }

    @Test
    void a_uuid_is_stored_as_sixteen_bytes_and_read_as_one() {
        var uuid = new Field(
                "u",
                new FieldType(
                        true,
                        new ArrowType.FixedSizeBinary(16),
                        null,
                        Map.of("ARROW:extension:name", "arrow.uuid", FieldIds.KEY, "1")),
                List.of());
        var schema = new Schema(List.of(uuid));
        var files = lake.write("SELECT 'd9b1b2f4-0000-4000-8000-000000000001'", lake.target(schema));
        var from = lake.from(schema, files);
        assertThat(lake.rows("SELECT u, typeof(u) FROM " + from))
                .containsExactly(List.of("d9b1b2f4-0000-4000-8000-000000000001", "UUID"));
        assertThat(lake.rows(
                        "SELECT u FROM " + from + " WHERE u = ?",
                        UUID.fromString("d9b1b2f4-0000-4000-8000-000000000001")))
                .hasSize(1);
    }

    @Test
    void columns_are_found_by_field_id_whatever_they_are_called_now() {
        var written = lake.table("SELECT 1::INTEGER AS a, 'x' AS gone, 1.5::FLOAT AS f");
        var files = lake.write("SELECT 7, 'x', 1.5", lake.target(written));
        var now = new Schema(List.of(
                FieldIds.with(Field.nullable("renamed", new ArrowType.Int(64, true)), 1),
                FieldIds.with(Field.nullable("gone", ArrowType.Utf8.INSTANCE), 9),
                FieldIds.with(Field.nullable("f", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)), 3)));
        assertThat(lake.rows("SELECT renamed, gone, f, typeof(renamed) FROM " + lake.from(now, files)))
                .containsExactly(Arrays.asList("7", null, "1.5", "BIGINT"));
    }

    @Test
    void the_statistics_are_those_of_the_rows() {
        var sql = "SELECT range AS id, {'x': NULLIF(range, 2)} AS s, CASE WHEN range = 1 THEN 'nan' ELSE '2' END::FLOAT"
                + " AS f FROM range(5)";
        var schema = lake.table(sql);
        var file = lake.write(sql, lake.target(schema)).getFirst();
        assertThat(file.rows()).isEqualTo(5);
        assertThat(file.path()).isRegularFile().hasExtension("parquet").hasSize(file.bytes());
        var id = stats(file, 1);
        assertThat(id.min()).hasValue("0");
        assertThat(id.max()).hasValue("4");
        assertThat(id.values()).isEqualTo(5);
        var nested = stats(file, 3);
        assertThat(nested.nulls()).isEqualTo(1);
        assertThat(nested.max()).hasValue("4");
        assertThat(stats(file, 4).max()).isEmpty();
    }

    private static DataFile.ColumnStats stats(DataFile file, int id) {
        return Objects.requireNonNull(file.columns().get(id));
    }

    @Test
    void rows_are_cast_to_the_table_by_place_and_not_by_name() {
        var schema = lake.table("SELECT 1::BIGINT AS a, 'x' AS b");
        var files = lake.write("SELECT 1::TINYINT AS b, 2 AS a UNION ALL SELECT 3, 4 ORDER BY 1", lake.target(schema));
        assertThat(lake.rows("SELECT a, b FROM " + lake.from(schema, files)))
                .containsExactly(List.of("1", "2"), List.of("3", "4"));
        var query = OpenEngine.query("SELECT ?, ?", 5L, "p");
        var more = lake.engine().write(query, lake.target(schema), new Cancellation());
        assertThat(lake.rows("SELECT * FROM " + lake.from(schema, more))).containsExactly(List.of("5", "p"));
    }

    @Test
    void no_rows_leave_no_file() {
        var schema = lake.table("SELECT 1 AS a");
        assertThat(lake.write("SELECT 1 WHERE false", lake.target(schema))).isEmpty();
        assertThat(lake.files()).isEmpty();
    }

    @Test
    void another_number_of_columns_is_refused() {
        var schema = lake.table("SELECT 1 AS a, 2 AS b");
        for (var sql : List.of("SELECT 1", "SELECT 1, 2, 3")) {
            var thrown = catchThrowableOfType(FailureException.class, () -> lake.write(sql, lake.target(schema)));
            assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_STATEMENT);
        }
    }

    @Test
    void a_null_in_a_column_that_has_none_is_refused_and_leaves_nothing() {
        for (var sql : List.of("SELECT range AS a", "SELECT {'x': range} AS a", "SELECT [range] AS a")) {
            var column = lake.table(sql + " FROM range(1)").getFields().getFirst();
            var required = new Schema(List.of(new Field(
                    "a", new FieldType(false, column.getType(), null, column.getMetadata()), column.getChildren())));
            assertThat(lake.write(sql + " FROM range(9)", lake.target(required)))
                    .hasSize(1);
            var before = lake.files();
            var thrown = catchThrowableOfType(
                    EngineFailure.class,
                    () -> lake.write(
                            "SELECT CASE WHEN range <> 200_000 THEN a END FROM (" + sql
                                    + ", range FROM range(300_000))",
                            lake.target(required)));
            assertThat(thrown.failure().code()).isEqualTo(Code.NULL_NOT_ALLOWED);
            assertThat(thrown.failure().message()).contains("\"a\"");
            assertThat(lake.files()).isEqualTo(before);
        }
    }

    @Test
    void a_failure_has_its_place_in_the_query_and_leaves_nothing() {
        var schema = lake.table("SELECT 1 AS a");
        var sql = "SELECT CASE WHEN range = 900_000 THEN 'a' ELSE '1' END::INTEGER FROM range(1_000_000)";
        var thrown = catchThrowableOfType(EngineFailure.class, () -> lake.write(sql, lake.target(schema)));
        assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_CAST);
        assertThat(thrown.offset()).hasValue(sql.indexOf("::"));
        assertThat(lake.files()).isEmpty();
    }

    @Test
    void a_cancelled_write_leaves_nothing() {
        var schema = lake.table("SELECT 1::BIGINT AS a");
        var cancellation = new Cancellation();
        var reason = new Failure.Cancelled(Code.CANCELLED, "Enough");
        Thread.ofVirtual().start(() -> {
            try {
                assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS))
                        .isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cancellation.cancel(reason);
        });
        var thrown = catchThrowableOfType(
                EngineFailure.class,
                () -> lake.engine()
                        .write(
                                new EngineQuery("SELECT hash(range) % 1000 FROM range(10_000_000_000)"),
                                lake.target(schema),
                                cancellation));
        assertThat(thrown.failure()).isEqualTo(reason);
        assertThat(lake.files()).isEmpty();
    }

    @Test
    void a_thousand_files_are_read_as_one_table() {
        var schema = lake.table("SELECT 1::BIGINT AS a");
        var files = new ArrayList<DataFile>();
        var one = lake.write("SELECT 1", lake.target(schema)).getFirst();
        for (var i = 0; i < 3000; i++) {
            files.add(one);
        }
        assertThat(lake.rows("SELECT sum(a) FROM " + lake.from(schema, files))).containsExactly(List.of("3000"));
    }

    @Test
    void a_value_that_does_not_fit_is_told_with_its_column() {
        var target = lake.target(lake.table("SELECT now() AS \"a b\", 1::BIGINT AS n"));
        var thrown = catchThrowableOfType(EngineFailure.class, () -> lake.write("VALUES (now(), 'abc')", target));
        assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_CAST);
        assertThat(thrown).hasMessage("Could not convert string 'abc' to INT64 when casting from source column n");
        assertThat(catchThrowableOfType(EngineFailure.class, () -> lake.write("VALUES (1, 2)", target)))
                .hasMessageEndingWith("a b");
        assertThat(lake.write("SELECT now(), 1", target)).hasSize(1);
    }
}
