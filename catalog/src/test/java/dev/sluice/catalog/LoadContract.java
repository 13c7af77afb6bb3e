package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CommitOutcome.Conflicted;
import dev.sluice.catalog.LoadedFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a table remembers of the files that it has taken in. */
abstract class LoadContract extends TableContract {
    private int minutes;

    /** A minute later than the last one. */
    private Instant time() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minutes++);
    }

    final LoadedFile loaded(String name) {
        return new LoadedFile(new LoadedFile.Key(name, 7, "v1"), time(), Outcome.LOADED, 0, Optional.empty());
    }

    final Change.Append load(TableVersion base, boolean repeated, LoadedFile... files) {
        return new Change.Append(base, List.of(file(files[0].key().name(), 1, 2)), new Loads(List.of(files), repeated));
    }

    final List<String> loads(TableVersion table) {
        return catalog.loads(table).stream().map(each -> each.key().name()).toList();
    }

    @Test
    void a_table_remembers_the_files_that_it_was_made_of_and_those_that_came_later() {
        var partly = new LoadedFile(
                new LoadedFile.Key("s3://b/a \"1\"", 7, "\"etag\""),
                time(),
                Outcome.PARTLY,
                3,
                Optional.of("Line 2: no number"));
        commit(
                MAIN,
                new Change.CreateTable(
                        draft(ORDERS), List.of(file("a", 1, 2)), new Loads(List.of(partly), false), Optional.empty()));
        var second = loaded("/in/b");
        commit(MAIN, load(load(ORDERS, MAIN), false, second));
        reopen();
        assertThat(catalog.loads(load(ORDERS, MAIN))).containsExactly(partly, second);
    }

    @Test
    void the_slower_of_two_loads_of_one_file_conflicts() {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        commit(MAIN, load(base, false, loaded("/in/a")));
        assertThat(catalog.commit(MAIN, load(base, false, loaded("/in/b"), loaded("/in/a")), NOTE))
                .isInstanceOfSatisfying(
                        Conflicted.class,
                        conflict -> assertThat(conflict.reason()).startsWith("'/in/a' was loaded into table"));
        commit(MAIN, load(base, false, loaded("/in/b")));
        commit(MAIN, load(base, true, loaded("/in/a")));
        assertThat(scan(ORDERS)).hasSize(3);
    }

    @Test
    void many_loads_leave_few_lists() throws IOException {
        createOrders(List.of());
        IntStream.range(0, 33).forEach(i -> commit(MAIN, load(load(ORDERS, MAIN), false, loaded("/in/" + i))));
        var table = load(ORDERS, MAIN);
        assertThat(loads(table)).hasSize(33).endsWith("/in/32");
        assertThat(table.properties().keySet())
                .filteredOn(name -> name.startsWith(LoadLog.PREFIX))
                .hasSize(2);
        try (var files = Files.list(table.dataFolder().resolveSibling("metadata"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("loads-")))
                    .hasSize(33);
        }
    }
}
