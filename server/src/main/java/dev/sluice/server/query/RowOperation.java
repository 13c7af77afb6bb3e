package dev.sluice.server.query;

import dev.sluice.catalog.TableVersion;
import dev.sluice.engine.Removal;
import java.util.Locale;

/** A kind of statement that changes rows; each has a property of the table that says how. */
enum RowOperation {
    UPDATE,
    DELETE,
    MERGE;

    private static final String MERGE_ON_READ = "merge-on-read";

    /** Copy-on-write unless the table says otherwise; the first format version knows nothing else. */
    Removal removal(TableVersion table) {
        var mode = table.properties().get("write." + name().toLowerCase(Locale.ROOT) + ".mode");
        if (!MERGE_ON_READ.equalsIgnoreCase(mode)) {
            return Removal.COPY_ON_WRITE;
        }
        return switch (table.properties().getOrDefault("format-version", "2")) {
            case "1" -> Removal.COPY_ON_WRITE;
            case "2" -> Removal.POSITION_DELETES;
            default -> Removal.DELETION_VECTORS;
        };
    }
}
