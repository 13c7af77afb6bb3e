package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a catalog does that keeps commits: all of the contracts above, and what commits mean for tables. */
abstract class HistoryContract extends ForkContract {
    @Test
    void a_table_and_its_first_rows_are_one_commit() {
        var before = catalog.resolve(MAIN);
        var made = createOrders(List.of(file("a", 1, 2)));
        assertThat(catalog.findTable(ORDERS, before)).isEmpty();
        assertThat(catalog.resolve(MAIN)).isEqualTo(made);
        assertThat(catalog.tables(made)).containsExactly(ORDERS);
    }

    @Test
    void a_dropped_table_is_still_in_the_past() {
        var made = createOrders(List.of(file("a", 1, 2)));
        commit(MAIN, new Change.DropTable(ORDERS));
        assertThat(catalog.findTable(ORDERS, made)).isPresent();
    }

    @Test
    void a_conflict_names_the_commit_that_came_between() {
        createOrders(List.of(file("a", 1, 2)));
        var base = load(ORDERS, MAIN);
        var append = new CommitNote("grace", "INSERT INTO orders");
        assertThat(catalog.commit(MAIN, new Change.Append(base, List.of(file("b", 3, 4))), append))
                .isInstanceOf(Committed.class);
        var replace = new Change.Replace(base, List.of(Path.of("/data/a")), List.of(file("c", 1, 1)));
        assertThat(catalog.commit(MAIN, replace, NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome ->
                                assertThat(outcome.reason()).contains("public.orders", "grace", "INSERT INTO orders"));
    }

    @Test
    void nothing_to_append_makes_no_commit() {
        var made = createOrders(List.of());
        assertThat(commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of())))
                .isEqualTo(made);
    }

    @Test
    void a_commit_needs_its_branch() {
        assertFails(Code.REF_NOT_FOUND, () -> catalog.commit(DEV, new Change.CreateSchema("s"), NOTE));
    }

    @Test
    void functions_are_branched_and_merged_like_tables() {
        var name = new QualifiedName("public", "Twice");
        var first = new FunctionVersion(name, "{\"v\": 1}");
        var second = new FunctionVersion(name, "{\"v\": 2}");
        commit(MAIN, new Change.PutFunction(first));
        catalog.createRef(DEV, catalog.resolve(MAIN));
        commit(DEV, new Change.PutFunction(new FunctionVersion(new QualifiedName("PUBLIC", "twice"), "{\"v\": 2}")));
        assertThat(catalog.findFunction(name, catalog.resolve(MAIN))).contains(first);
        assertThat(catalog.findFunction(name, catalog.resolve(DEV))).contains(second);
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Committed.class);
        assertThat(catalog.functions(catalog.resolve(MAIN))).containsExactly(second);
        commit(MAIN, new Change.DropFunction(new QualifiedName("public", "TWICE")));
        assertThat(catalog.functions(catalog.resolve(MAIN))).isEmpty();
        assertFails(Code.FUNCTION_NOT_FOUND, () -> catalog.commit(MAIN, new Change.DropFunction(name), NOTE));
    }

    @Test
    void tables_and_functions_share_their_names() {
        createOrders(List.of());
        assertFails(
                Code.TABLE_EXISTS,
                () -> catalog.commit(MAIN, new Change.PutFunction(new FunctionVersion(ORDERS, "{}")), NOTE));
        assertThat(catalog.findFunction(ORDERS, catalog.resolve(MAIN))).isEmpty();
    }

    @Test
    void what_was_loaded_is_branched_and_merged_with_the_rows() {
        createOrders(List.of());
        catalog.createRef(DEV, catalog.resolve(MAIN));
        commit(DEV, load(load(ORDERS, DEV), false, loaded("/in/a")));
        assertThat(loads(load(ORDERS, MAIN))).isEmpty();
        assertThat(loads(load(ORDERS, DEV))).containsExactly("/in/a");
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Committed.class);
        assertThat(loads(load(ORDERS, MAIN))).containsExactly("/in/a");
    }

    @Test
    void two_branches_join_their_loads_unless_both_have_loaded_one_file() {
        createOrders(List.of());
        commit(MAIN, load(load(ORDERS, MAIN), false, loaded("/in/a")));
        catalog.createRef(DEV, catalog.resolve(MAIN));
        commit(DEV, load(load(ORDERS, DEV), false, loaded("/in/b")));
        commit(MAIN, load(load(ORDERS, MAIN), false, loaded("/in/c")));
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Committed.class);
        assertThat(loads(load(ORDERS, MAIN))).contains("/in/a", "/in/b", "/in/c");
        assertThat(scan(ORDERS)).containsExactlyInAnyOrder("a", "b", "c");

        commit(DEV, load(load(ORDERS, DEV), false, loaded("/in/d")));
        commit(MAIN, load(load(ORDERS, MAIN), false, loaded("/in/d")));
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        conflict -> assertThat(conflict.reason()).contains("both have loaded '/in/d'"));
    }
}
