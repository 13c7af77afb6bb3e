package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.core.Code;
import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hidden branches of transactions. */
abstract class ForkContract extends MergeContract {
    private static final QualifiedName MORE = new QualifiedName("public", "more");

    final Ref.Branch fork() {
        return catalog.forks().orElseThrow().fork(catalog.resolve(MAIN));
    }

    private CommitOutcome merge(Ref.Branch fork, Commit since, ReadSet.Read... reads) {
        return catalog.forks().orElseThrow().merge(fork, MAIN, new ReadSet(since, List.of(reads)), NOTE);
    }

    final void append(Ref.Branch branch, String file, long min, long max) {
        commit(branch, new Change.Append(load(ORDERS, branch), List.of(file(file, min, max))));
    }

    private static Optional<Filter> id(Filter.Operator operator, long value) {
        return Optional.of(new Filter.Comparison("id", operator, value));
    }

    @Test
    void a_fork_is_hidden_and_gone_when_it_is_merged() {
        createOrders(List.of());
        var since = catalog.resolve(MAIN);
        var fork = fork();
        append(fork, "a", 1, 2);
        commit(fork, new Change.CreateTable(draft(MORE), List.of(file("b", 1, 2))));
        assertThat(catalog.refs()).extracting(RefInfo::ref).containsExactly(MAIN);
        assertThat(merge(fork, since)).isInstanceOf(Committed.class);
        assertThat(scan(ORDERS)).containsExactly("a");
        assertThat(scan(MORE)).containsExactly("b");
        assertFails(Code.REF_NOT_FOUND, () -> catalog.resolve(fork));
    }

    @Test
    void rows_that_came_and_may_have_been_read_are_a_conflict() {
        createOrders(List.of());
        var since = catalog.resolve(MAIN);
        var read = load(ORDERS, MAIN);
        var fork = fork();
        commit(fork, new Change.CreateSchema("elsewhere"));
        append(MAIN, "a", 5, 9);
        assertThat(merge(fork, since, new ReadSet.Read(read, id(Filter.Operator.EQUAL, 7))))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("public.orders", "by ada: a test"));
        assertThat(merge(fork, since, new ReadSet.Read(read, Optional.empty()))).isInstanceOf(Conflicted.class);
        assertThat(merge(fork, since, new ReadSet.Read(read, id(Filter.Operator.GREATER, 9))))
                .isInstanceOf(Committed.class);
    }

    @Test
    void a_table_that_was_read_and_dropped_is_a_conflict() {
        createOrders(List.of());
        var since = catalog.resolve(MAIN);
        var read = load(ORDERS, MAIN);
        var fork = fork();
        commit(fork, new Change.CreateSchema("elsewhere"));
        commit(MAIN, new Change.DropTable(ORDERS));
        assertThat(merge(fork, since, new ReadSet.Read(read, Optional.empty()))).isInstanceOf(Conflicted.class);
    }

    @Test
    void a_merged_fork_leaves_no_metadata_that_nobody_names() throws IOException {
        createOrders(List.of());
        var fork = fork();
        var since = catalog.resolve(MAIN);
        append(MAIN, "a", 1, 2);
        var before = stored();
        append(fork, "b", 1, 2);
        append(fork, "c", 1, 2);
        assertThat(merge(fork, since)).isInstanceOf(Committed.class);
        assertThat(scan(ORDERS)).containsExactlyInAnyOrder("a", "b", "c");
        // for each of the two appends that were done again a manifest and its list, and one metadata file
        assertThat(stored()).hasSize(before.size() + 5);
    }

    @Test
    void a_discarded_fork_leaves_no_files() throws IOException {
        createOrders(List.of());
        append(MAIN, "a", 1, 2);
        var before = stored();
        var fork = fork();
        append(fork, "b", 1, 2);
        commit(fork, new Change.CreateTable(draft(MORE), List.of(file("c", 1, 2))));
        commit(fork, new Change.DropTable(MORE));
        commit(fork, new Change.PutFunction(new FunctionVersion(new QualifiedName("public", "f"), "{}")));
        assertThat(stored()).hasSizeGreaterThan(before.size());
        catalog.forks().orElseThrow().discard(fork);
        assertThat(stored()).isEqualTo(before);
        assertThat(scan(ORDERS)).containsExactly("a");
    }

    final List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
