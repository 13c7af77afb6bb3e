package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.OtherEngine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types and files that Sluice itself does not write. */
final class OtherTypesTest {
    private static final Map<String, String> V3 = Map.of("format-version", "3");
    private static final Schema TYPES = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "ns", Types.TimestampNanoType.withoutZone()),
            Types.NestedField.optional(3, "nstz", Types.TimestampNanoType.withZone()),
            Types.NestedField.optional(4, "nothing", Types.UnknownType.get()),
            Types.NestedField.optional(5, "key", Types.UUIDType.get()),
            Types.NestedField.optional(6, "code", Types.FixedType.ofLength(2)),
            Types.NestedField.optional(7, "big", Types.DecimalType.of(38, 10)),
            Types.NestedField.optional(8, "clock", Types.TimeType.get()),
            Types.NestedField.optional(9, "bytes", Types.BinaryType.get()));

    @TempDir
    static Path data;

    private static Lake lake;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed after all tests
    static void open() throws SQLException {
        Lake.open(data).close();
        try (var other = new OtherEngine(data)) {
            other.create("typed", TYPES, PartitionSpec.unpartitioned(), V3, OtherTypesTest::append);
            other.create("orc", TYPES, PartitionSpec.unpartitioned(), V3, table -> {
                append(table);
                var orc = DataFiles.builder(table.spec())
                        .withPath(table.location() + "/data/old.orc")
                        .withFormat(FileFormat.ORC)
                        .withRecordCount(1)
                        .withFileSizeInBytes(100);
                table.newAppend().appendFile(orc.build()).commit();
            });
            var variant = new Schema(Types.NestedField.optional(1, "v", Types.VariantType.get()));
            other.create("variant", variant, PartitionSpec.unpartitioned(), V3, _ -> {});
        }
        lake = Lake.open(data);
    }

    private static void append(Table table) {
        var row = """
                SELECT 1::BIGINT AS id, TIMESTAMP_NS '2020-01-02 03:04:05.123456789' AS ns,
                    TIMESTAMPTZ_NS '2020-01-02 03:04:05.123456789+00' AS nstz,
                    UUID 'f79c3e09-677c-4bbd-a479-3f349cb785e7' AS "key", '\\x01\\xFF'::BLOB AS code,
                    12345678901234567890.5::DECIMAL(38, 10) AS big, TIME '10:11:12.5' AS clock, '\\x00'::BLOB AS bytes
                """;
        table.newAppend()
                .appendFile(new OtherFiles(table)
                        .data(row, "{id: 1, ns: 2, nstz: 3, \"key\": 5, code: 6, big: 7, clock: 8, bytes: 9}"))
                .commit();
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    @Test
    void values_of_each_type_are_read() throws SQLException {
        assertThat(lake.rows("SELECT CAST(ns AS VARCHAR), CAST(nstz AS VARCHAR), nothing FROM typed"))
                .containsExactly("2020-01-02 03:04:05.123456789|2020-01-02 03:04:05.123456789+00|null");
        assertThat(lake.rows(
                        "SELECT CAST(key AS VARCHAR), hex(code), big, CAST(clock AS VARCHAR), hex(bytes) FROM typed"))
                .containsExactly(
                        "f79c3e09-677c-4bbd-a479-3f349cb785e7|01FF|12345678901234567890.5000000000|10:11:12.5|00");
        assertThat(lake.rows("SELECT id FROM typed WHERE ns > TIMESTAMP '2020-01-02 03:04:05.123456'"
                        + " AND nothing IS NULL AND nstz < TIMESTAMPTZ_NS '2020-01-03 00:00:00+00'"))
                .containsExactly("1");
        assertThat(lake.rows("SELECT id FROM typed WHERE ns > ns - INTERVAL 1 DAY"))
                .containsExactly("1");
        assertThat(lake.rows("SELECT ns, nstz FROM typed")).hasSize(1);
    }

    @Test
    void rows_of_such_types_are_changed() throws SQLException {
        assertThat(lake.update("INSERT INTO typed (id, ns) VALUES (2, TIMESTAMP_NS '2021-01-01 00:00:00.000000001')"))
                .isEqualTo(1);
        assertThat(lake.rows("SELECT CAST(ns AS VARCHAR) FROM typed WHERE id = 2"))
                .containsExactly("2021-01-01 00:00:00.000000001");
        assertThat(lake.update("DELETE FROM typed WHERE id = 2")).isEqualTo(1);
    }

    @Test
    void a_file_that_is_not_parquet_is_named() {
        assertThatThrownBy(() -> lake.rows("SELECT id FROM orc"))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("/data/old.orc", "ORC");
    }

    @Test
    void a_column_of_a_type_that_is_not_read_is_named() {
        assertThatThrownBy(() -> lake.rows("SELECT * FROM variant"))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("'v'", "variant");
    }

    @Test
    void such_a_table_is_left_out_of_listings_of_columns() throws SQLException {
        assertThat(lake.rows("SELECT DISTINCT table_name FROM information_schema.columns ORDER BY 1"))
                .containsExactly("orc", "typed");
        try (var columns = lake.connection().getMetaData().getColumns(null, "public", "%", "id")) {
            assertThat(Lake.rows(columns)).hasSize(2);
        }
    }
}
