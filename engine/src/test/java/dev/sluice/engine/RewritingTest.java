package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.PartitionField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RewritingTest {
    private static final Source.Positions POSITIONS = new Source.Positions("__file", "__row");

    @TempDir
    Path root;

    private OpenEngine lake;
    private Schema schema;
    private WriteTarget target;
    private final List<Path> files = new ArrayList<>();

    /** Three files: ids 0 to 9, 10 to 19 and 20 to 29. */
    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each test
    void open() {
        lake = new OpenEngine(root);
        schema = lake.table("SELECT 1::BIGINT AS id, 'x' AS name");
        target = lake.target(schema);
        for (var i = 0; i < 3; i++) {
            var sql = "SELECT range, 'n' || range FROM range(" + 10 * i + ", " + 10 * (i + 1) + ")";
            lake.write(sql, target).forEach(file -> files.add(file.path()));
        }
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private Source table() {
        return new Source(schema, OpenEngine.source(schema, files).files(), Optional.of(POSITIONS));
    }

    private EngineQuery matching(String values, String rest, Object... parameters) {
        return OpenEngine.query(
                "SELECT __file, __row" + values + " FROM " + lake.from(table()) + " AS t " + rest, parameters);
    }

    private List<List<@Nullable String>> after(Changed changed, String columns) {
        var now = new ArrayList<>(files);
        now.removeAll(changed.removed());
        changed.added().stream().map(DataFile::path).forEach(now::add);
        return lake.rows("SELECT " + columns + " FROM " + lake.from(OpenEngine.source(schema, now)));
    }

    @Test
    void an_update_rewrites_only_the_files_it_touches() {
        var changed = lake.engine()
                .update(
                        matching(", 'new ' || name", "WHERE id BETWEEN ? AND 12", 11L),
                        List.of("name"),
                        table(),
                        target,
                        new Cancellation());
        assertThat(changed.rows()).isEqualTo(2);
        assertThat(changed.removed()).containsExactly(files.get(1));
        assertThat(changed.added()).extracting(DataFile::rows).containsExactly(10L);
        assertThat(after(changed, "count(*), sum(id), count(*) FILTER (name LIKE 'new n1%')"))
                .containsExactly(List.of("30", "435", "2"));
    }

    @Test
    void an_update_asks_a_volatile_condition_once_and_a_row_that_matches_twice_changes_once() {
        var changed = lake.engine()
                .update(
                        matching(", id + 100", "JOIN (VALUES (5), (5), (25)) AS v(x) ON id = x WHERE random() >= 0"),
                        List.of("id"),
                        table(),
                        target,
                        new Cancellation());
        assertThat(changed.rows()).isEqualTo(2);
        assertThat(changed.removed()).containsExactlyInAnyOrder(files.get(0), files.get(2));
        assertThat(after(changed, "count(*), sum(id)")).containsExactly(List.of("30", "635"));
    }

    @Test
    void a_delete_removes_its_rows_and_whole_files_without_new_ones() {
        var changed = lake.engine().delete(matching("", "WHERE id < 11"), table(), target, new Cancellation());
        assertThat(changed.rows()).isEqualTo(11);
        assertThat(changed.removed()).containsExactlyInAnyOrder(files.get(0), files.get(1));
        assertThat(after(changed, "min(id), count(*)")).containsExactly(List.of("11", "19"));
        var all = lake.engine().delete(matching("", ""), table(), target, new Cancellation());
        assertThat(all.rows()).isEqualTo(30);
        assertThat(all.added()).isEmpty();
    }

    @Test
    void what_matches_nothing_changes_nothing() {
        var before = lake.files();
        var changed = lake.engine().delete(matching("", "WHERE id = 77"), table(), target, new Cancellation());
        assertThat(changed).isEqualTo(new Changed(0, List.of(), List.of()));
        assertThat(lake.files()).isEqualTo(before);
    }

    @Test
    void an_update_moves_rows_between_partitions() {
        var partitioned = lake.target(schema, new PartitionField("name", new PartitionField.Truncate(1)));
        var changed = lake.engine()
                .update(
                        matching(", 'm' || id", "WHERE id < 5"),
                        List.of("name"),
                        table(),
                        partitioned,
                        new Cancellation());
        assertThat(changed.added())
                .extracting(DataFile::partition)
                .containsExactlyInAnyOrder(List.of(Optional.of("m")), List.of(Optional.of("n")));
    }

    @Test
    void a_failed_update_leaves_nothing() {
        var before = lake.files();
        var query = matching(", name || 'x'", "WHERE id = 3");
        var thrown = catchThrowableOfType(
                EngineFailure.class,
                () -> lake.engine().update(query, List.of("id"), table(), target, new Cancellation()));
        assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_CAST);
        assertThat(thrown.offset()).isEmpty();
        assertThat(lake.files()).isEqualTo(before);
        var bad = matching(", nope", "");
        var unknown = catchThrowableOfType(
                EngineFailure.class,
                () -> lake.engine().update(bad, List.of("id"), table(), target, new Cancellation()));
        assertThat(unknown.failure().code()).isEqualTo(Code.COLUMN_NOT_FOUND);
        assertThat(unknown.offset()).hasValue(bad.sql().indexOf("nope"));
    }

    @Test
    void a_value_that_does_not_fit_is_told_with_its_column() {
        var thrown = catchThrowableOfType(
                EngineFailure.class,
                () -> lake.engine().update(matching(", name", ""), List.of("id"), table(), target, new Cancellation()));
        assertThat(thrown.failure().code()).isEqualTo(Code.INVALID_CAST);
        assertThat(thrown)
                .hasMessageMatching("Could not convert string 'n\\d+' to INT64 when casting from source column id");
    }
}
