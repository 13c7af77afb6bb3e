package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.MetadataTable;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.Engine;
import dev.sluice.planner.TableRef;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the tables that the server makes: {@code information_schema.x}, {@code system.x}, and {@code t$x} for each
 * table t.
 */
final class MadeTables {
    private static final char SEPARATOR = '$';

    private final Catalog catalog;
    private final InformationSchema information;
    private final SystemTables system;

    MadeTables(Catalog catalog, Engine engine, SystemTables system) {
        this.catalog = catalog;
        this.system = system;
        this.information = new InformationSchema(catalog, engine);
    }

    /** Whether a schema is the server's own, so that nobody else can have it. */
    static boolean owns(String schema) {
        return Stream.of(InformationSchema.NAME, SystemTables.NAME).anyMatch(schema::equalsIgnoreCase);
    }

    /** @param tables the others, of the same statement */
    Optional<MadeTable> find(TableRef table, CatalogTables tables) {
        if (table.name().schema().equalsIgnoreCase(SystemTables.NAME)) {
            return system.find(table.name().name());
        }
        if (owns(table.name().schema())) {
            return information.find(table.name().name(), tables.commitOf(table));
        }
        var name = table.name().name();
        var end = name.lastIndexOf(SEPARATOR);
        if (end <= 0 || tables.version(table).isPresent()) {
            return Optional.empty();
        }
        return MetadataTable.find(name.substring(end + 1))
                .flatMap(kind -> metadata(named(table, name.substring(0, end)), kind, tables));
    }

    @SuppressWarnings("MustBeClosedChecker") // who opens the rows closes them
    private Optional<MadeTable> metadata(TableRef table, MetadataTable kind, CatalogTables tables) {
        return tables.version(table)
                .map(version -> new MadeTable(
                        catalog.metadata().columns(version, kind),
                        allocator -> catalog.metadata().open(version, kind, allocator)));
    }

    private static TableRef named(TableRef table, String name) {
        return new TableRef(
                new QualifiedName(table.name().schema(), name),
                table.ref(),
                table.asOf(),
                table.snapshotId(),
                table.position());
    }
}
