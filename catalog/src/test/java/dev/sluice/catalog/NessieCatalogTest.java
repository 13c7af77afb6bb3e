package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class NessieCatalogTest extends HistoryContract {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @Override
    @MustBeClosed
    Catalog open(Path folder) {
        return Catalog.open(
                new CatalogConfig(
                        new CatalogConfig.Home.Embedded(folder.resolve("store")), folder.resolve("warehouse"), "main"),
                clock());
    }

    @Test
    void what_was_committed_is_there_after_reopening() {
        createOrders(List.of(file("a", 1, 2)));
        var before = catalog.resolve(MAIN);
        reopen();
        assertThat(catalog.resolve(MAIN)).isEqualTo(before);
        assertThat(scan(ORDERS)).containsExactly("a");
        assertThat(catalog.schemas(before)).containsExactly("public");
    }

    @Test
    void forks_that_were_left_are_collected_and_what_a_merge_took_over_stays() throws IOException {
        createOrders(List.of(file("a", 1, 2)));
        var merged = fork();
        append(merged, "b", 1, 2);
        assertThat(catalog.merge(catalog.resolve(merged), MAIN, NOTE)).isInstanceOf(CommitOutcome.Committed.class);
        var before = stored();
        append(fork(), "c", 1, 2);
        fork();
        reopen();
        catalog.forks().orElseThrow().discardAll();
        assertThat(stored()).isEqualTo(before);
        assertThat(scan(ORDERS)).containsExactlyInAnyOrder("a", "b");
        assertFails(Code.REF_NOT_FOUND, () -> catalog.resolve(merged));
    }

    @Test
    void a_store_that_is_open_cannot_be_opened_again() {
        assertFails(Code.INVALID_VALUE, () -> open(folder).close()).hasMessageContaining("another server has it open");
    }

    @Test
    void a_closed_catalog_refuses_work() {
        catalog.close();
        catalog.close();
        assertFails(Code.SHUTTING_DOWN, () -> catalog.resolve(MAIN));
    }

    @Test
    void iceberg_needs_no_hadoop() {
        createOrders(List.of(file("a", 1, 2)));
        assertThat(NessieCatalogTest.class.getClassLoader().getResource("org/apache/hadoop/conf/Configuration.class"))
                .isNull();
        assertThat(catalog.findTable(new QualifiedName("public", "orders"), catalog.resolve(MAIN)))
                .isPresent();
    }

    @Test
    void nothing_of_a_history_longer_than_the_log_of_metadata_is_an_orphan() throws IOException {
        var properties = Map.of("write.metadata.previous-versions-max", "4");
        var draft = catalog.draft(ORDERS, COLUMNS, List.of(), properties, Optional.empty(), catalog.resolve(MAIN));
        commit(MAIN, new Change.CreateTable(draft, List.of(file("a", 1, 2))));
        for (var i = 0; i < 30; i++) {
            commit(
                    MAIN,
                    new Change.Append(
                            load(ORDERS, MAIN), List.of(file("b" + i, i, i)), i % 3 == 0 ? load(i) : Loads.NONE));
            if (i == 9) {
                catalog.createRef(DEV, catalog.resolve(MAIN));
            }
            if (i == 14) {
                var age = new SnapshotAge(Optional.of(LATER), OptionalInt.of(5));
                commit(MAIN, new Change.ExpireSnapshots(ORDERS, age));
            }
        }
        commit(DEV, new Change.Append(load(ORDERS, DEV), List.of(file("c", 1, 2))));
        assertThat(orphans()).isEmpty();
        var metadata = load(ORDERS, MAIN).dataFolder().resolveSibling("metadata");
        var stray = Files.writeString(metadata.resolve("stray.avro"), "left");
        assertThat(orphans()).containsExactly(stray.toRealPath().toString());
    }

    private static Loads load(int number) {
        var key = new LoadedFile.Key("file " + number, number, "1");
        return new Loads(List.of(new LoadedFile(key, START, LoadedFile.Outcome.LOADED, 0, Optional.empty())), true);
    }

    private List<String> orphans() {
        return catalog.housekeeping().orElseThrow().orphans(Optional.empty(), LATER).files().stream()
                .map(Dispensable::name)
                .toList();
    }
}
