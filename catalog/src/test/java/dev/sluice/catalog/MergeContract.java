package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.core.DataFile;
import dev.sluice.core.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Merges of tables that both sides have changed. */
abstract class MergeContract extends RefContract {
    private void append(Ref.Branch branch, String... files) {
        commit(branch, new Change.Append(load(ORDERS, branch), files(files)));
    }

    private void replace(Ref.Branch branch, String removed, String... added) {
        commit(branch, new Change.Replace(load(ORDERS, branch), List.of(Path.of("/data", removed)), files(added)));
    }

    private static List<DataFile> files(String... names) {
        return Stream.of(names).map(name -> file(name, 1, 2)).toList();
    }

    private void branchOff(String... files) {
        createOrders(files(files));
        catalog.createRef(DEV, catalog.resolve(MAIN));
    }

    private CommitOutcome merge(Ref.Branch from, Ref.Branch into) {
        return catalog.merge(catalog.resolve(from), into, NOTE);
    }

    private void assertMerged(Ref.Branch from, Ref.Branch into) {
        assertThat(merge(from, into)).isInstanceOf(Committed.class);
    }

    final List<String> scan(Ref.Branch branch) {
        return scan(load(ORDERS, branch), ScanFiles.Request.ALL);
    }

    @Test
    void appends_of_both_sides_are_all_there() {
        branchOff("a");
        append(DEV, "b");
        append(DEV, "c");
        append(MAIN, "d");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(scan(DEV)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void a_table_that_was_empty_takes_the_rows_of_both_sides() {
        branchOff();
        append(DEV, "b");
        append(MAIN, "c");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void rewrites_of_different_files_are_joined() {
        branchOff("a", "b", "c");
        replace(DEV, "a", "a2");
        append(MAIN, "d");
        replace(MAIN, "b");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a2", "c", "d");
    }

    @Test
    void what_a_side_wrote_and_took_away_again_stays_away() {
        branchOff("a");
        append(DEV, "b");
        replace(DEV, "b", "b2");
        append(MAIN, "c");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b2", "c");
    }

    @Test
    void snapshots_that_expired_on_the_branch_that_is_merged_into_are_not_missed() {
        branchOff("a", "b");
        append(DEV, "c");
        replace(MAIN, "a", "a2");
        append(MAIN, "d");
        expireAllButOne(MAIN);
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a2", "b", "c", "d");
        replace(DEV, "b", "b2");
        replace(MAIN, "b", "b3");
        append(MAIN, "e");
        expireAllButOne(MAIN);
        assertThat(merge(DEV, MAIN))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("both have rewritten", "/data/b"));
    }

    @Test
    void the_snapshot_at_which_branches_parted_may_have_expired_on_both() {
        branchOff("a");
        append(DEV, "b");
        append(MAIN, "c");
        expireAllButOne(DEV);
        expireAllButOne(MAIN);
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b", "c");
    }

    private void expireAllButOne(Ref.Branch branch) {
        var age = new SnapshotAge(Optional.of(Instant.parse("2100-01-01T00:00:00Z")), OptionalInt.of(1));
        commit(branch, new Change.ExpireSnapshots(ORDERS, age));
    }

    @Test
    void rewrites_of_one_file_conflict_and_name_table_commits_and_statements() throws IOException {
        branchOff("a", "b");
        replace(DEV, "a", "a2");
        replace(MAIN, "a", "a3");
        var before = stored();
        assertThat(merge(DEV, MAIN))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason())
                                .contains("public.orders", "/data/a", "BRANCH dev", "BRANCH main", "by ada: a test")
                                .contains(catalog.resolve(DEV).hash().substring(0, 12))
                                .contains(catalog.resolve(MAIN).hash().substring(0, 12)));
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a3", "b");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void a_table_that_one_side_dropped_and_the_other_changed_conflicts() {
        branchOff("a");
        append(DEV, "b");
        commit(MAIN, new Change.DropTable(ORDERS));
        assertThat(merge(DEV, MAIN))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("public.orders", "dropped"));
    }

    @Test
    void a_table_that_both_sides_made_conflicts() {
        catalog.createRef(DEV, catalog.resolve(MAIN));
        var draft = draft(ORDERS);
        createOrders(files("a"));
        commit(DEV, new Change.CreateTable(draft, files("b")));
        assertThat(merge(DEV, MAIN)).isInstanceOf(Conflicted.class);
    }

    @Test
    void a_second_merge_brings_only_what_is_new() {
        branchOff("a");
        append(DEV, "b");
        append(MAIN, "c");
        assertMerged(DEV, MAIN);
        append(DEV, "d");
        replace(DEV, "b", "b2");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b2", "c", "d");
        append(MAIN, "e");
        append(DEV, "f");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b2", "c", "d", "e", "f");
        assertThat(scan(DEV)).containsExactlyInAnyOrder("a", "b2", "d", "f");
    }

    @Test
    void merges_go_back_and_forth() {
        branchOff("a");
        append(DEV, "b");
        append(MAIN, "c");
        assertMerged(MAIN, DEV);
        assertThat(scan(DEV)).containsExactlyInAnyOrder("a", "b", "c");
        append(DEV, "d");
        append(MAIN, "e");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        append(MAIN, "f");
        append(DEV, "g");
        assertMerged(MAIN, DEV);
        assertThat(scan(DEV)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void a_branch_of_a_branch_is_merged_into_both() {
        var deeper = new Ref.Branch("deeper");
        branchOff("a");
        append(DEV, "b");
        catalog.createRef(deeper, catalog.resolve(DEV));
        append(deeper, "c");
        append(DEV, "d");
        append(MAIN, "e");
        assertMerged(deeper, DEV);
        assertThat(scan(DEV)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertMerged(DEV, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        append(deeper, "f");
        assertMerged(deeper, MAIN);
        assertThat(scan(MAIN)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    }

    private List<Path> stored() throws IOException {
        try (var files = Files.walk(folder.resolve("warehouse"))) {
            return files.sorted().toList();
        }
    }
}
