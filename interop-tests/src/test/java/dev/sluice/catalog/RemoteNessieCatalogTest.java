package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.interop.NessieServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The contract on a Nessie server, and what only a server has: other writers, and its own end. */
final class RemoteNessieCatalogTest extends HistoryContract {
    private final NessieServer server = NessieServer.emptied();

    @Override
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    @MustBeClosed
    Catalog open(Path folder) {
        return open(server.uri(), folder);
    }

    @MustBeClosed
    private Catalog open(URI uri, Path folder) {
        var home = new CatalogConfig.Home.RemoteNessie(uri, new CatalogConfig.Auth.None());
        return Catalog.open(new CatalogConfig(home, folder.resolve("warehouse"), "main"), clock());
    }

    @Test
    void two_servers_that_append_to_one_table_both_succeed() throws Exception {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        try (var other = open(folder);
                var threads = Executors.newFixedThreadPool(4)) {
            var appends = new ArrayList<Callable<CommitOutcome>>();
            for (var i = 0; i < 10; i++) {
                var here = file("here" + i, i, i);
                var there = file("there" + i, i, i);
                appends.add(() -> catalog.commit(MAIN, new Change.Append(base, List.of(here)), NOTE));
                appends.add(() -> other.commit(MAIN, new Change.Append(base, List.of(there)), NOTE));
            }
            for (var outcome : threads.invokeAll(appends)) {
                assertThat(outcome.get()).isInstanceOf(CommitOutcome.Committed.class);
            }
        }
        assertThat(scan(ORDERS)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void forks_may_belong_to_another_server_and_stay() {
        createOrders(List.of());
        var fork = fork();
        append(fork, "a", 1, 2);
        reopen();
        catalog.forks().orElseThrow().discardAll();
        assertThat(scan(fork)).containsExactly("a");
    }

    @Test
    void the_author_is_who_changed_it() {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        commit(MAIN, new Change.Append(base, List.of(file("a", 1, 2))));
        assertThat(catalog.commit(MAIN, new Change.Replace(base, List.of(Path.of("/data/a")), List.of()), NOTE))
                .isInstanceOfSatisfying(
                        CommitOutcome.Conflicted.class,
                        outcome -> assertThat(outcome.reason()).contains("by ada: a test"));
    }

    @Test
    void a_server_that_does_not_answer_is_named() {
        assertFails(
                        Code.UNAVAILABLE,
                        () -> open(URI.create("http://127.0.0.1:1/api/v2"), folder)
                                .close())
                .hasMessage("Nessie at http://127.0.0.1:1/api/v2 does not answer");
    }
}
