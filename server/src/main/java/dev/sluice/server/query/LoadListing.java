package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.planner.Statement;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Answers SHOW LOADS: the files that COPY INTO has read for a table, and what was wrong with them. Thread-safe. */
final class LoadListing {
    static final Schema COLUMNS = new Schema(List.of(
            Listing.text("file"),
            Listing.number("bytes"),
            Listing.text("version"),
            Listing.time("loaded_at"),
            Listing.text("outcome"),
            Listing.number("skipped_rows"),
            Listing.text("first_error")));

    private final Catalog catalog;

    LoadListing(Catalog catalog) {
        this.catalog = catalog;
    }

    List<List<@Nullable Object>> rows(Statement.ShowLoads show, Plan plan) {
        return catalog.loads(plan.tables().load(show.table())).stream()
                .map(file -> Listing.row(
                        file.key().name(),
                        file.key().bytes(),
                        file.key().version(),
                        file.loaded(),
                        file.outcome().name(),
                        file.skippedRows(),
                        file.firstError().orElse(null)))
                .toList();
    }
}
