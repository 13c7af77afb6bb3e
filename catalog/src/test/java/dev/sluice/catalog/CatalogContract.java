package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.core.DataFile;
import dev.sluice.core.Filter;
import dev.sluice.core.PartitionField;
import dev.sluice.core.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What every catalog does: the contracts above, and how tables are written and scanned. */
abstract class CatalogContract extends LoadContract {
    // Writes

    @Test
    void appends_to_a_stale_base_succeed() {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.Append(base, List.of(file("a", 1, 2))));
        commit(MAIN, new Change.Append(base, List.of(file("b", 3, 4))));
        assertThat(scan(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void concurrent_appends_all_succeed() throws Exception {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        var appends = new ArrayList<Callable<CommitOutcome>>();
        for (var i = 0; i < 40; i++) {
            var file = file("f" + i, i, i);
            appends.add(() -> catalog.commit(MAIN, new Change.Append(base, List.of(file)), NOTE));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var outcome : threads.invokeAll(appends)) {
                assertThat(outcome.get()).isInstanceOf(Committed.class);
            }
        }
        assertThat(scan(ORDERS)).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void an_append_to_another_table_of_that_name_conflicts() {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.DropTable(ORDERS));
        createOrders(List.of());
        assertThat(catalog.commit(MAIN, new Change.Append(base, List.of(file("a", 1, 2))), NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("public.orders"));
    }

    @Test
    void an_append_to_a_table_whose_columns_became_others_conflicts() {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        var texts = new Schema(List.of(Field.nullable("id", ArrowType.Utf8.INSTANCE)));
        var draft = catalog.draft(ORDERS, texts, List.of(), Map.of(), Optional.of(base), catalog.resolve(MAIN));
        commit(MAIN, new Change.CreateTable(draft, List.of(), Loads.NONE, Optional.of(base)));
        assertThat(catalog.commit(MAIN, new Change.Append(base, List.of(file("a", 1, 2))), NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("public.orders", "replaced"));
        assertThat(scan(ORDERS)).isEmpty();
    }

    @Test
    void files_are_replaced_by_others() {
        createOrders(List.of(file("a", 1, 2), file("b", 3, 4)));
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.Replace(base, List.of(Path.of("/data/a")), List.of(file("c", 1, 1))));
        assertThat(scan(ORDERS)).containsExactly("b", "c");
    }

    @Test
    void a_replacement_conflicts_with_whatever_came_between() throws Exception {
        createOrders(List.of(file("a", 1, 2)));
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.Append(base, List.of(file("b", 3, 4))));
        var before = metadataFiles(base);
        var replace = new Change.Replace(base, List.of(Path.of("/data/a")), List.of(file("c", 1, 1)));
        assertThat(catalog.commit(MAIN, replace, NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("public.orders"));
        assertThat(metadataFiles(base)).isEqualTo(before);
        assertThat(scan(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void partitions_are_replaced_by_the_files_that_are_in_them() {
        var draft = draft(ORDERS, new PartitionField("city", new PartitionField.Identity()));
        var files = List.of(file("a", 1, 2, "oslo"), file("b", 3, 4, "oslo"), file("c", 5, 6, "rome"));
        commit(MAIN, new Change.CreateTable(draft, files));
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.ReplacePartitions(base, List.of(file("d", 7, 8, "oslo"), file("e", 7, 8, "bonn"))));
        assertThat(scan(ORDERS)).containsExactly("c", "d", "e");
        var stale = new Change.ReplacePartitions(base, List.of(file("f", 9, 9, "rome")));
        assertThat(catalog.commit(MAIN, stale, NOTE)).isInstanceOf(Conflicted.class);
        var before = load(ORDERS, MAIN).snapshotId();
        commit(MAIN, new Change.ReplacePartitions(load(ORDERS, MAIN), List.of()));
        assertThat(load(ORDERS, MAIN).snapshotId()).isEqualTo(before);
    }

    @Test
    void all_files_of_a_table_without_partitions_are_replaced() {
        createOrders(List.of(file("a", 1, 2), file("b", 3, 4)));
        commit(MAIN, new Change.ReplacePartitions(load(ORDERS, MAIN), List.of(file("c", 5, 6))));
        assertThat(scan(ORDERS)).containsExactly("c");
        commit(MAIN, new Change.ReplacePartitions(load(ORDERS, MAIN), List.of()));
        assertThat(scan(ORDERS)).isEmpty();
    }

    private static List<Path> metadataFiles(TableVersion table) throws Exception {
        try (var files = Files.list(table.dataFolder().resolveSibling("metadata"))) {
            return files.sorted().toList();
        }
    }

    // Pruning

    @Test
    void files_are_pruned_by_their_bounds() {
        createOrders(List.of(file("a", 1, 10), file("b", 11, 20)));
        var table = load(ORDERS, MAIN);
        assertThat(scan(table, where("id", Filter.Operator.EQUAL, 10))).containsExactly("a");
        assertThat(scan(table, where("id", Filter.Operator.GREATER, 10L))).containsExactly("b");
        assertThat(scan(table, where("id", Filter.Operator.GREATER, 20L))).isEmpty();
        assertThat(scan(table, where("city", Filter.Operator.EQUAL, "Oslo"))).containsExactly("a", "b");
        var pruned = catalog.files(table, where("id", Filter.Operator.LESS, 5));
        assertThat(pruned.files()).extracting(TableFile::rows).containsExactly(10L);
        assertThat(pruned.totalFiles()).isEqualTo(2);
        assertThat(pruned.totalBytes()).isEqualTo(2_000);
    }

    @Test
    void a_list_of_texts_prunes_partitions_of_which_one_is_null() {
        commit(
                MAIN,
                new Change.CreateTable(
                        draft(ORDERS, new PartitionField("city", new PartitionField.Identity())), List.of()));
        var oslo = file("oslo", 1, 2, "oslo");
        var none = new DataFile(
                Path.of("/data/none"), oslo.rows(), oslo.bytes(), oslo.columns(), List.of(Optional.empty()));
        commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of(oslo, none, file("bonn", 1, 2, "bonn"))));
        var either = new ScanFiles.Request(Optional.of(new Filter.In("city", List.of("oslo", "rome"))));
        assertThat(scan(load(ORDERS, MAIN), either)).containsExactly("oslo");
    }

    @Test
    void files_are_pruned_by_their_partition() {
        var draft = draft(
                ORDERS,
                new PartitionField("CITY", new PartitionField.Identity()),
                new PartitionField("id", new PartitionField.Bucket(4)));
        assertThat(draft.partitioning()).contains(new PartitionField("city", new PartitionField.Identity()));
        commit(
                MAIN,
                new Change.CreateTable(draft, List.of(file("a", 1, 9, "Oslo", "0"), file("b", 1, 9, "Rome", "1"))));
        var table = load(ORDERS, MAIN);
        assertThat(table.partitioning()).isEqualTo(draft.partitioning());
        assertThat(scan(table, where("city", Filter.Operator.EQUAL, "Rome"))).containsExactly("b");
    }
}
