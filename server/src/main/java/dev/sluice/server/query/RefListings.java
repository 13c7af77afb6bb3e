package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Lists branches and tags. Thread-safe. */
final class RefListings {
    static final Schema REFS = new Schema(
            List.of(Listing.text("name"), Listing.text("hash"), Listing.time("committed"), Listing.text("message")));

    private final Catalog catalog;

    RefListings(Catalog catalog) {
        this.catalog = catalog;
    }

    /** All refs of a kind whose names pass. */
    List<List<@Nullable Object>> of(Class<? extends Ref> kind, Predicate<String> like) {
        return catalog.refs().stream()
                .filter(info ->
                        kind.isInstance(info.ref()) && like.test(info.ref().name()))
                .map(info -> Listing.row(
                        info.ref().name(),
                        info.hash(),
                        info.committed().orElse(null),
                        info.message().orElse(null)))
                .toList();
    }
}
