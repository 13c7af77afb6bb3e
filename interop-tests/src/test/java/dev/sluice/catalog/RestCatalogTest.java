package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Alteration;
import dev.sluice.core.Code;
import dev.sluice.core.ColumnPath;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.interop.RestCatalogServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part of the contract that needs no commits, at Iceberg's own REST server. */
final class RestCatalogTest extends CatalogContract {
    private Optional<RestCatalogServer> server = Optional.empty();

    @Override
    @MustBeClosed
    Catalog open(Path folder) {
        return Catalog.open(config(folder), clock());
    }

    private CatalogConfig config(Path folder) {
        var warehouse = folder.resolve("warehouse");
        if (server.isEmpty()) {
            server = Optional.of(start(warehouse));
        }
        return new CatalogConfig(home(), warehouse, "main");
    }

    private CatalogConfig.Home.Rest home() {
        return new CatalogConfig.Home.Rest(server.orElseThrow().uri(), Optional.empty(), new CatalogConfig.Auth.None());
    }

    private static RestCatalogServer start(Path warehouse) {
        try {
            return RestCatalogServer.start(warehouse);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stopServer() {
        server.ifPresent(RestCatalogServer::close);
    }

    @Test
    void what_only_commits_and_branches_give_is_refused_by_name() {
        var made = createOrders(List.of());
        assertRefused("CREATE BRANCH dev", () -> catalog.createRef(DEV, made));
        assertRefused("DROP BRANCH dev", () -> catalog.dropRef(DEV));
        assertRefused("MERGE BRANCH main", () -> catalog.merge(made, MAIN, NOTE));
        assertRefused("BRANCH dev", () -> catalog.resolve(DEV));
        assertRefused("TAG v1", () -> catalog.resolve(new Ref.Tag("v1"), START));
        assertRefused("COMMIT '0123456789ab'", () -> catalog.resolve(new Ref.Hash("0123456789ab")));
        assertRefused("BRANCH dev", () -> catalog.commit(DEV, new Change.CreateSchema("s"), NOTE));
        var function = new FunctionVersion(new QualifiedName("public", "f"), "{}");
        assertRefused("CREATE FUNCTION public.f", () -> catalog.commit(MAIN, new Change.PutFunction(function), NOTE));
        assertThat(catalog.refs()).extracting(RefInfo::ref).containsExactly(MAIN);
        assertThat(catalog.branches()).isEmpty();
        assertThat(catalog.forks()).isEmpty();
        assertThat(catalog.functions(made)).isEmpty();
    }

    private static void assertRefused(String statement, ThrowingCallable body) {
        assertFails(Code.UNSUPPORTED, body)
                .hasMessageStartingWith(statement + " is not supported by this catalog")
                .hasMessageContaining("catalog.type = embedded or nessie");
    }

    @Test
    void a_table_that_was_read_once_stays_as_it_was_for_the_statement() {
        createOrders(List.of(file("a", 1, 2)));
        var commit = catalog.resolve(MAIN);
        var before = catalog.findTable(ORDERS, commit).orElseThrow();
        commit(MAIN, new Change.Append(before, List.of(file("b", 3, 4))));
        assertThat(catalog.findTable(new QualifiedName("PUBLIC", "Orders"), commit))
                .contains(before);
        assertThat(scan(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void a_time_is_looked_up_in_the_snapshots_of_a_table() {
        createOrders(List.of(file("a", 1, 2)));
        var first = snapshotTime();
        while (!Clock.systemUTC().instant().isAfter(first.plusMillis(1))) {
            Thread.onSpinWait();
        }
        commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of(file("b", 3, 4))));
        var then = catalog.findTable(ORDERS, catalog.resolve(MAIN, first)).orElseThrow();
        assertThat(scan(then, ScanFiles.Request.ALL)).containsExactly("a");
        var early = catalog.resolve(MAIN, first.minusMillis(1));
        assertFails(Code.INVALID_VALUE, () -> catalog.findTable(ORDERS, early))
                .hasMessageContaining("Table 'public.orders' has no snapshot as old as");
    }

    private Instant snapshotTime() {
        var table = load(ORDERS, MAIN);
        try (var allocator = new RootAllocator();
                var rows = catalog.metadata().open(table, MetadataTable.SNAPSHOTS, allocator)) {
            rows.loadNextBatch();
            var committed = (TimeStampMicroTZVector) rows.getVectorSchemaRoot().getVector("committed_at");
            return Instant.EPOCH.plus(committed.get(0), ChronoUnit.MICROS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void two_servers_that_append_to_one_table_both_succeed() throws Exception {
        createOrders(List.of());
        var base = load(ORDERS, MAIN);
        try (var other = open(folder);
                var threads = Executors.newFixedThreadPool(4)) {
            var appends = new ArrayList<Callable<CommitOutcome>>();
            for (var i = 0; i < 8; i++) {
                var here = file("here" + i, i, i);
                var there = file("there" + i, i, i);
                appends.add(() -> catalog.commit(MAIN, new Change.Append(base, List.of(here)), NOTE));
                appends.add(() -> other.commit(MAIN, new Change.Append(base, List.of(there)), NOTE));
            }
            for (var outcome : threads.invokeAll(appends)) {
                assertThat(outcome.get()).isInstanceOf(CommitOutcome.Committed.class);
            }
        }
        assertThat(scan(ORDERS)).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void views_are_made_changed_renamed_and_dropped() {
        var name = new QualifiedName("public", "Cheap");
        commit(MAIN, new Change.PutView(name, view("SELECT 1 AS a, 2 AS b", "a", "b")));
        commit(MAIN, new Change.PutView(new QualifiedName("PUBLIC", "cheap"), view("SELECT 3 AS c", "c")));
        var view = catalog.findView(new QualifiedName("public", "CHEAP"), catalog.resolve(MAIN))
                .orElseThrow();
        assertThat(view.name()).isEqualTo(name);
        assertThat(view.definition().sql()).isEqualTo("SELECT 3 AS c");
        assertThat(view.definition().queryColumns()).containsExactly("c");
        assertFails(Code.VIEW_EXISTS, () -> draft(name));
        var to = new QualifiedName("public", "cheaper");
        commit(MAIN, new Change.Rename(name, to));
        assertThat(catalog.views(catalog.resolve(MAIN))).containsExactly(to);
        commit(MAIN, new Change.DropView(to));
        assertThat(catalog.views(catalog.resolve(MAIN))).isEmpty();
        assertFails(Code.VIEW_NOT_FOUND, () -> catalog.commit(MAIN, new Change.DropView(to), NOTE));
    }

    private static ViewDefinition view(String sql, String... columns) {
        var fields = List.of(columns).stream()
                .map(column -> Field.nullable(column, new ArrowType.Int(32, true)))
                .toList();
        return new ViewDefinition(
                sql, ViewDefinition.DIALECT, "public", new Schema(fields), List.of(columns), Map.of());
    }

    @Test
    void a_table_goes_back_to_one_of_its_snapshots_and_to_nothing_older() {
        createOrders(List.of(file("a", 1, 2)));
        var first = load(ORDERS, MAIN);
        commit(MAIN, new Change.Append(first, List.of(file("b", 3, 4))));
        commit(MAIN, new Change.RevertTable(first));
        assertThat(scan(ORDERS)).containsExactly("a");
        commit(MAIN, new Change.DropTable(ORDERS));
        commit(MAIN, new Change.RevertTable(first));
        assertThat(scan(ORDERS)).containsExactly("a");
    }

    @Test
    void a_change_whose_answer_is_lost_is_looked_for() {
        forgetNextChange();
        createOrders(List.of());
        forgetNextChange();
        commit(MAIN, new Change.Append(load(ORDERS, MAIN), List.of(file("a", 1, 2))));
        assertThat(scan(ORDERS)).containsExactly("a");
    }

    @Test
    void a_change_that_leaves_no_trace_and_has_no_answer_may_have_been_made() {
        createOrders(List.of());
        var properties = new Alteration.SetProperties(Map.of("owner", "ada"));
        forgetNextChange();
        assertThat(catalog.commit(MAIN, new Change.AlterTable(load(ORDERS, MAIN), List.of(properties)), NOTE))
                .isInstanceOfSatisfying(
                        CommitOutcome.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .contains("A change of table 'public.orders' broke off", "the answer was lost"));
        assertThat(load(ORDERS, MAIN).properties()).containsEntry("owner", "ada");
    }

    private void forgetNextChange() {
        server.orElseThrow().forgetNextChange();
    }

    @Test
    void what_iceberg_s_own_client_makes_is_read_and_changed_and_it_sees_that() throws IOException {
        try (var other = new RESTCatalog()) {
            other.initialize(
                    "other",
                    Map.of(
                            CatalogProperties.URI,
                            home().uri().toString(),
                            CatalogProperties.FILE_IO_IMPL,
                            "org.apache.iceberg.inmemory.InMemoryFileIO"));
            other.createNamespace(Namespace.of("public", "below"));
            var id = TableIdentifier.of("public", "Theirs");
            var table = other.createTable(
                    id,
                    new org.apache.iceberg.Schema(
                            Types.NestedField.required(7, "id", Types.LongType.get()),
                            Types.NestedField.optional(9, "city", Types.StringType.get())));
            var name = new QualifiedName("public", "theirs");
            assertThat(catalog.schemas(catalog.resolve(MAIN))).containsExactly("public");
            assertThat(catalog.tables(catalog.resolve(MAIN))).containsExactly(new QualifiedName("public", "Theirs"));
            var base = load(name, MAIN);
            table.updateProperties().set("owner", "grace").commit();
            commit(MAIN, new Change.Append(base, List.of(file("a", 1, 2))));
            table.refresh();
            assertThat(table.currentSnapshot().summary()).containsEntry("added-data-files", "1");
            assertThat(load(name, MAIN).properties()).containsEntry("owner", "grace");
            other.dropTable(id);
            assertThat(catalog.findTable(name, catalog.resolve(MAIN))).isEmpty();
        }
    }

    /** Iceberg's own client would ask for no more than the same rows. */
    @Test
    void the_server_is_asked_to_refuse_rows_for_a_table_whose_columns_have_changed() {
        createOrders(List.of());
        try (var connection = RestServer.open(RestSettings.of(home()))) {
            var calls = new RestCalls(home().uri());
            var io = new LocalFileIO(Relocation.of(folder));
            var tables = new Tables(folder, io);
            var states = new RestStates(connection, calls, tables);
            var commits = new TableCommits(new RestTables(connection, calls, states, tables), tables, io);
            var stale = commits.load(ORDERS, MAIN);
            var id = new ColumnPath(List.of("id"), new Failure.Position(1, 1));
            commit(MAIN, new Change.AlterTable(load(ORDERS, MAIN), List.of(new Alteration.SetNotNull(id))));
            var outcome = commits.update(
                    MAIN,
                    stale,
                    NOTE,
                    staged -> staged.table()
                            .newAppend()
                            .appendFile(WrittenFile.toIceberg(file("a", 1, 2), staged))
                            .commit());
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CommitOutcome.Conflicted.class,
                            conflict -> assertThat(conflict.reason()).contains("current schema changed"));
        }
    }

    @Test
    void a_server_that_does_not_answer_is_named() {
        var home = new CatalogConfig.Home.Rest(
                URI.create("http://127.0.0.1:1"), Optional.empty(), new CatalogConfig.Auth.None());
        assertFails(
                        Code.UNAVAILABLE,
                        () -> Catalog.open(new CatalogConfig(home, folder, "main"), clock())
                                .close())
                .hasMessage("The Iceberg REST catalog at http://127.0.0.1:1 does not answer");
    }
}
