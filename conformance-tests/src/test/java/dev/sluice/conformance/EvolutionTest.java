package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.OtherEngine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are older than their table's columns, or that were never written for it. */
final class EvolutionTest {
    private static final Types.NestedField ID = Types.NestedField.optional(1, "id", Types.LongType.get());
    private static final Types.NestedField CITY = Types.NestedField.optional(2, "city", Types.StringType.get());
    private static final Map<String, String> V2 = Map.of("format-version", "2");
    private static final PartitionSpec WHOLE = PartitionSpec.unpartitioned();

    @TempDir
    static Path data;

    private static Lake lake;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed after all tests
    static void open() throws SQLException {
        Lake.open(data).close();
        try (var other = new OtherEngine(data)) {
            other.create("nested", NESTED, WHOLE, V2, EvolutionTest::evolve);
            other.create("defaults", NESTED, WHOLE, Map.of("format-version", "3"), EvolutionTest::addDefaults);
            mapped(other);
            partitioned(other);
        }
        lake = Lake.open(data);
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    private static final Schema NESTED = new Schema(
            ID,
            Types.NestedField.optional(
                    2,
                    "info",
                    Types.StructType.of(
                            Types.NestedField.optional(5, "a", Types.IntegerType.get()),
                            Types.NestedField.optional(6, "b", Types.StringType.get()))),
            Types.NestedField.optional(
                    3,
                    "items",
                    Types.ListType.ofOptional(
                            7,
                            Types.StructType.of(
                                    Types.NestedField.optional(8, "x", Types.IntegerType.get()),
                                    Types.NestedField.optional(9, "y", Types.StringType.get())))),
            Types.NestedField.optional(
                    4,
                    "tags",
                    Types.MapType.ofOptional(
                            10,
                            11,
                            Types.StringType.get(),
                            Types.StructType.of(Types.NestedField.optional(12, "p", Types.FloatType.get())))));

    private static final String OLD_ROWS = """
            SELECT 1::BIGINT AS id, {'a': 10, 'b': 'old'} AS info,
                [{'x': 7, 'y': 'seven'}, NULL, {'x': NULL, 'y': 'none'}] AS items, MAP {'k': {'p': 1.5::FLOAT}} AS tags
            UNION ALL SELECT 2, NULL, NULL, NULL UNION ALL SELECT 3, {'a': NULL, 'b': NULL}, [], MAP {'z': NULL}
            """;

    /** A field of each kind is renamed, dropped, added, moved and widened; the name of a dropped one comes back. */
    private static void evolve(Table table) {
        var files = new OtherFiles(table);
        var old = files.data(OLD_ROWS);
        table.newAppend().appendFile(old).commit();
        table.newRowDelta().addDeletes(files.positions(old, "SELECT 2")).commit();
        table.updateSchema()
                .deleteColumn("info.b")
                .renameColumn("items.x", "number")
                .commit();
        table.updateSchema()
                .renameColumn("info.a", "alpha")
                .updateColumn("items.number", Types.LongType.get())
                .updateColumn("tags.p", Types.DoubleType.get())
                .commit();
        table.updateSchema()
                .addColumn("info", "b", Types.IntegerType.get())
                .addColumn("tags", "q", Types.StringType.get())
                .moveFirst("items.y")
                .commit();
        table.newAppend()
                .appendFile(new OtherFiles(table)
                        .data("SELECT 4::BIGINT AS id, {'alpha': 40, 'b': 41} AS info,"
                                + " [{'y': 'four', 'number': 1::BIGINT << 40}] AS items,"
                                + " MAP {'k': {'p': 4.25::DOUBLE, 'q': 'new'}} AS tags"))
                .commit();
    }

    @Test
    void nested_fields_are_found_by_their_ids() throws SQLException {
        assertThat(lake.rows("SELECT id, info.alpha, info.b FROM nested ORDER BY id"))
                .containsExactly("1|10|null", "2|null|null", "4|40|41");
        assertThat(lake.rows("SELECT info IS NULL FROM nested ORDER BY id")).containsExactly("false", "true", "false");
        assertThat(lake.rows("SELECT items[1].number, items[1].y, items[2] IS NULL, items[3].y FROM nested"
                        + " WHERE id IN (1, 4) ORDER BY id"))
                .containsExactly("7|seven|true|none", "1099511627776|four|true|null");
        assertThat(lake.rows("SELECT tags['k'].p, tags['k'].q FROM nested ORDER BY id"))
                .containsExactly("1.5|null", "null|null", "4.25|new");
        assertThat(lake.rows("SELECT count(*) FROM nested WHERE info.alpha > 5"))
                .containsExactly("2");
    }

    /** Defaults of a new column, of one in a struct, and of one in the structs of a list. */
    private static void addDefaults(Table table) {
        table.newAppend().appendFile(new OtherFiles(table).data(OLD_ROWS)).commit();
        table.updateSchema()
                .addColumn(
                        "since", Types.DateType.get(), Literal.of("2020-02-29").to(Types.DateType.get()))
                .addColumn("info", "c", Types.StringType.get(), Literal.of("it's new"))
                .addColumn("items", "z", Types.LongType.get(), Literal.of(5L))
                .commit();
        table.newAppend()
                .appendFile(new OtherFiles(table)
                        .data("SELECT 4::BIGINT AS id, {'a': 1, 'b': 'x', 'c': NULL::VARCHAR} AS info,"
                                + " [{'x': 1, 'y': 'y', 'z': 6::BIGINT}] AS items, NULL::MAP(VARCHAR, STRUCT(p FLOAT)) AS tags,"
                                + " NULL::DATE AS since"))
                .commit();
    }

    @Test
    void older_rows_have_the_defaults_of_newer_fields() throws SQLException {
        assertThat(lake.rows("SELECT id, since, info.c, items[1].z FROM defaults ORDER BY id"))
                .containsExactly(
                        "1|2020-02-29|it's new|5",
                        "2|2020-02-29|null|null",
                        "3|2020-02-29|it's new|null",
                        "4|null|null|6");
        assertThat(lake.rows("SELECT count(*) FROM defaults WHERE since = DATE '2020-02-29'"))
                .containsExactly("3");
    }

    private static void mapped(OtherEngine other) {
        var schema = new Schema(
                ID,
                Types.NestedField.optional(
                        2,
                        "place",
                        Types.StructType.of(
                                Types.NestedField.optional(3, "city", Types.StringType.get()),
                                Types.NestedField.optional(4, "zip", Types.IntegerType.get()))));
        var mapping = """
                [{"field-id": 1, "names": ["id", "ident"]}, {"field-id": 2, "names": ["place"], "fields": [
                  {"field-id": 3, "names": ["town", "city"]}, {"field-id": 4, "names": ["zip"]}]}]
                """;
        other.create("mapped", schema, WHOLE, Map.of(TableProperties.DEFAULT_NAME_MAPPING, mapping), table -> {
            var files = new OtherFiles(table);
            table.newAppend()
                    .appendFile(files.data(
                            "SELECT 1::INTEGER AS ident, {'town': 'Oslo', 'other': 1} AS place, 5 AS extra", ""))
                    .appendFile(files.data("SELECT {'zip': 75000, 'city': 'Paris'} AS place, 2::BIGINT AS id", ""))
                    .appendFile(files.data("SELECT 3::BIGINT AS id, {'city': 'Rome', 'zip': 1} AS place"))
                    .commit();
        });
    }

    @Test
    void files_without_ids_are_read_through_the_name_mapping() throws SQLException {
        assertThat(lake.rows("SELECT id, place.city, place.zip FROM mapped ORDER BY id"))
                .containsExactly("1|Oslo|null", "2|Paris|75000", "3|Rome|1");
        assertThat(lake.rows("SELECT * FROM mapped WHERE id = 1")).hasSize(1);
    }

    /** Three specs; the first files have their partition's column in the metadata alone. */
    private static void partitioned(OtherEngine other) {
        var schema = new Schema(ID, CITY);
        var spec = PartitionSpec.builderFor(schema).identity("city").build();
        other.create("partitioned", schema, spec, V2, table -> {
            var files = new OtherFiles(table);
            table.newAppend()
                    .appendFile(files.data("SELECT range AS id FROM range(3)", "{id: 1}", city(spec, "it's Oslo")))
                    .appendFile(files.data("SELECT range AS id FROM range(3, 5)", "{id: 1}", city(spec, null)))
                    .appendFile(files.data("SELECT 5::BIGINT AS id", "{id: 1}", city(spec, "Rome")))
                    .commit();
            table.updateSpec()
                    .removeField("city")
                    .addField(Expressions.bucket("id", 4))
                    .commit();
            var bucket = new PartitionData(table.spec().partitionType());
            bucket.set(table.spec().partitionType().fields().size() - 1, 0);
            table.newAppend()
                    .appendFile(new OtherFiles(table)
                            .data("SELECT 8::BIGINT AS id, 'Rome' AS city", "{id: 1, city: 2}", bucket))
                    .commit();
            table.updateSchema().renameColumn("city", "town").commit();
        });
    }

    private static PartitionData city(PartitionSpec spec, @Nullable String name) {
        var partition = new PartitionData(spec.partitionType());
        partition.set(0, name);
        return partition;
    }

    @Test
    void partition_values_that_files_leave_out_are_read_from_the_metadata() throws SQLException {
        assertThat(lake.rows("SELECT town, count(*), sum(id) FROM partitioned GROUP BY town ORDER BY town"))
                .containsExactly("Rome|2|13", "it's Oslo|3|3", "null|2|7");
        assertThat(lake.rows("SELECT id FROM partitioned WHERE town = 'Rome' ORDER BY id"))
                .containsExactly("5", "8");
        assertThat(lake.rows("SELECT id FROM partitioned WHERE town IS NULL ORDER BY id"))
                .containsExactly("3", "4");
        assertThat(lake.rows("SELECT id, town FROM partitioned WHERE id = 1")).containsExactly("1|it's Oslo");
    }
}
