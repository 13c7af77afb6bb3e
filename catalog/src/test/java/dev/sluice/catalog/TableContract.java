package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Code;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schemas and tables by name. */
abstract class TableContract extends CatalogFixture {
    // Schemas

    @Test
    void schemas_match_in_any_case_and_keep_theirs() {
        commit(MAIN, new Change.CreateSchema("Sales"));
        assertThat(catalog.schemas(catalog.resolve(MAIN))).containsExactly("Sales", "public");
        assertFails(Code.SCHEMA_EXISTS, () -> catalog.commit(MAIN, new Change.CreateSchema("SALES"), NOTE));
        commit(MAIN, new Change.CreateTable(draft(new QualifiedName("sales", "T")), List.of()));
        assertThat(load(new QualifiedName("SALES", "t"), MAIN).name()).isEqualTo(new QualifiedName("Sales", "T"));
    }

    @Test
    void only_an_empty_schema_is_dropped() {
        assertFails(Code.SCHEMA_NOT_FOUND, () -> catalog.commit(MAIN, new Change.DropSchema("none"), NOTE));
        createOrders(List.of());
        assertFails(Code.SCHEMA_NOT_EMPTY, () -> catalog.commit(MAIN, new Change.DropSchema("public"), NOTE));
        commit(MAIN, new Change.DropTable(ORDERS));
        commit(MAIN, new Change.DropSchema("PUBLIC"));
        assertThat(catalog.schemas(catalog.resolve(MAIN))).isEmpty();
    }

    // Tables

    @Test
    void a_table_is_made_with_its_first_rows() {
        var made = createOrders(List.of(file("a", 1, 2)));
        assertThat(catalog.tables(made)).containsExactly(ORDERS);
        var table = load(ORDERS, MAIN);
        assertThat(table.schema().getFields()).extracting(FieldIds::load).containsExactly(1, 2);
        assertThat(table.snapshotId()).isPresent();
        assertThat(table.properties()).containsEntry("write.parquet.compression-codec", "zstd");
        assertThat(table.dataFolder()).startsWithRaw(folder).endsWithRaw(Path.of("data"));
    }

    @Test
    void an_empty_table_has_no_files() {
        createOrders(List.of());
        assertThat(load(ORDERS, MAIN).snapshotId()).isEmpty();
        assertThat(scan(ORDERS)).isEmpty();
    }

    @Test
    void a_draft_is_not_stored() {
        var draft = draft(ORDERS);
        assertThat(catalog.findTable(ORDERS, catalog.resolve(MAIN))).isEmpty();
        assertThat(catalog.files(draft, ScanFiles.Request.ALL).files()).isEmpty();
        createOrders(List.of());
        assertFails(Code.TABLE_EXISTS, () -> draft(new QualifiedName("public", "ORDERS")));
        assertFails(Code.TABLE_EXISTS, () -> catalog.commit(MAIN, new Change.CreateTable(draft, List.of()), NOTE));
        assertFails(Code.SCHEMA_NOT_FOUND, () -> draft(new QualifiedName("none", "t")));
    }

    @Test
    void an_older_snapshot_has_the_files_of_its_time() {
        createOrders(List.of(file("a", 1, 2)));
        var older = load(ORDERS, MAIN);
        commit(MAIN, new Change.Append(older, List.of(file("b", 3, 4))));
        var table = load(ORDERS, MAIN);
        var then = catalog.atSnapshot(table, older.snapshotId().orElseThrow());
        assertThat(scan(then, ScanFiles.Request.ALL)).containsExactly("a");
        assertFails(Code.TABLE_NOT_FOUND, () -> catalog.atSnapshot(table, 1));
    }

    @Test
    void a_dropped_table_is_gone() {
        createOrders(List.of(file("a", 1, 2)));
        commit(MAIN, new Change.DropTable(ORDERS));
        assertThat(catalog.tables(catalog.resolve(MAIN))).isEmpty();
        assertFails(Code.TABLE_NOT_FOUND, () -> catalog.commit(MAIN, new Change.DropTable(ORDERS), NOTE));
    }

    @Test
    void a_table_gets_another_name() {
        createOrders(List.of(file("a", 1, 2)));
        var to = new QualifiedName("PUBLIC", "Sales");
        commit(MAIN, new Change.Rename(new QualifiedName("public", "ORDERS"), to));
        assertThat(catalog.tables(catalog.resolve(MAIN))).containsExactly(new QualifiedName("public", "Sales"));
        assertThat(scan(to)).containsExactly("a");
        commit(MAIN, new Change.Rename(to, new QualifiedName("public", "sales")));
        createOrders(List.of());
        assertFails(Code.TABLE_EXISTS, () -> catalog.commit(MAIN, new Change.Rename(ORDERS, to), NOTE));
        assertFails(
                Code.TABLE_NOT_FOUND,
                () -> catalog.commit(MAIN, new Change.Rename(new QualifiedName("public", "none"), to), NOTE));
    }
}
