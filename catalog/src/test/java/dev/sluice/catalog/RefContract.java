package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Branches, tags, times and merges. */
abstract class RefContract extends CatalogContract {
    // Refs

    @Test
    void a_branch_keeps_what_main_changes_later() {
        createOrders(List.of(file("a", 1, 2)));
        catalog.createRef(DEV, catalog.resolve(MAIN));
        commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of(file("b", 3, 4))));
        assertThat(scan(load(ORDERS, DEV), ScanFiles.Request.ALL)).containsExactly("a");
        assertThat(scan(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void refs_are_listed_with_their_last_commit() {
        var made = createOrders(List.of());
        catalog.createRef(new Ref.Tag("v1"), made);
        assertThat(catalog.refs()).extracting(RefInfo::ref).containsExactly(MAIN, new Ref.Tag("v1"));
        assertThat(catalog.refs()).allSatisfy(ref -> {
            assertThat(ref.hash()).isEqualTo(made.hash());
            assertThat(ref.message()).contains("a test");
            assertThat(ref.committed())
                    .hasValueSatisfying(time -> assertThat(time).isAfter(START));
        });
    }

    @Test
    void a_name_is_one_ref_only() {
        catalog.createRef(DEV, catalog.resolve(MAIN));
        assertFails(Code.REF_EXISTS, () -> catalog.createRef(DEV, catalog.resolve(MAIN)));
        assertFails(Code.REF_EXISTS, () -> catalog.createRef(new Ref.Tag("dev"), catalog.resolve(MAIN)));
    }

    @Test
    void a_dropped_ref_is_gone() {
        catalog.createRef(DEV, catalog.resolve(MAIN));
        catalog.dropRef(DEV);
        assertFails(Code.REF_NOT_FOUND, () -> catalog.resolve(DEV));
        assertFails(Code.REF_NOT_FOUND, () -> catalog.dropRef(DEV));
        catalog.createRef(DEV, catalog.resolve(MAIN));
        assertThat(catalog.resolve(DEV).hash()).isEqualTo(catalog.resolve(MAIN).hash());
    }

    @Test
    void the_default_branch_stays() {
        assertFails(Code.FORBIDDEN, () -> catalog.dropRef(MAIN));
    }

    @Test
    void a_commit_is_found_by_its_hash_or_the_beginning_of_it() {
        var made = createOrders(List.of());
        catalog.createRef(DEV, made);
        commit(DEV, new Change.CreateSchema("more"));
        assertThat(catalog.resolve(new Ref.Hash(made.hash())).hash()).isEqualTo(made.hash());
        assertThat(catalog.resolve(new Ref.Hash(made.hash().substring(0, 12))).hash())
                .isEqualTo(made.hash());
        assertFails(Code.REF_NOT_FOUND, () -> catalog.resolve(new Ref.Hash("0123456789abcdef")));
        assertFails(Code.REF_NOT_FOUND, () -> catalog.resolve(new Ref.Hash("01".repeat(32))));
    }

    @Test
    void a_ref_is_resolved_at_a_time() {
        var first = createOrders(List.of(file("a", 1, 2)));
        var between = lastCommit().plusMillis(1);
        commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of(file("b", 3, 4))));
        var then = catalog.resolve(MAIN, between);
        assertThat(then.hash()).isEqualTo(first.hash());
        assertThat(catalog.resolve(MAIN, lastCommit().plusMillis(1))).isEqualTo(catalog.resolve(MAIN));
        assertThat(scan(catalog.findTable(ORDERS, then).orElseThrow(), ScanFiles.Request.ALL))
                .containsExactly("a");
        assertFails(Code.INVALID_VALUE, () -> catalog.resolve(MAIN, START))
                .hasMessageContaining("its oldest is of 2026-");
    }

    private Instant lastCommit() {
        return catalog.refs().getFirst().committed().orElseThrow();
    }

    // Merges

    @Test
    void a_merge_brings_all_that_the_branch_has() {
        createOrders(List.of(file("a", 1, 2)));
        catalog.createRef(DEV, catalog.resolve(MAIN));
        commit(DEV, new Change.Append(load(ORDERS, DEV), List.of(file("b", 3, 4))));
        commit(DEV, new Change.CreateSchema("more"));
        commit(MAIN, new Change.CreateSchema("meanwhile"));
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Committed.class);
        assertThat(scan(ORDERS)).containsExactly("a", "b");
        assertThat(catalog.schemas(catalog.resolve(MAIN))).containsExactly("meanwhile", "more", "public");
        assertThat(catalog.refs().getLast().message()).contains("a test");
    }

    @Test
    void a_merge_of_nothing_new_succeeds() {
        createOrders(List.of());
        catalog.createRef(DEV, catalog.resolve(MAIN));
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Committed.class);
    }

    @Test
    void a_merge_brings_no_second_name_that_differs_in_case_alone() {
        catalog.createRef(DEV, catalog.resolve(MAIN));
        createOrders(List.of());
        commit(DEV, new Change.CreateTable(draft(new QualifiedName("public", "Orders2")), List.of()));
        commit(MAIN, new Change.CreateTable(draft(new QualifiedName("public", "ORDERS2")), List.of()));
        assertThat(catalog.merge(catalog.resolve(DEV), MAIN, NOTE)).isInstanceOf(Conflicted.class);
    }
}
