package dev.sluice.server.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What the server does, as the tables of schema {@code system}. Thread-safe. */
final class SystemTables {
    static final String NAME = "system";

    static final Schema QUERIES = new Schema(List.of(
            Listing.text("id"),
            Listing.text("user"),
            Listing.text("state"),
            Listing.time("started"),
            Listing.number("elapsed_ms"),
            Listing.number("rows"),
            Listing.text("text")));

    private final RunningStatements running;

    SystemTables(RunningStatements running) {
        this.running = running;
    }

    @SuppressWarnings("MustBeClosedChecker") // who opens the rows closes them
    Optional<MadeTable> find(String table) {
        return table.equalsIgnoreCase("queries")
                ? Optional.of(new MadeTable(
                        QUERIES, allocator -> new Listing(QUERIES, queries(_ -> true)).reader(allocator)))
                : Optional.empty();
    }

    /** The statements that pass, the oldest first. */
    List<List<@Nullable Object>> queries(Predicate<RunningStatements.Seen> wanted) {
        return running.seen().stream()
                .filter(wanted)
                .map(seen -> Listing.row(
                        Long.toString(seen.id()),
                        seen.user(),
                        seen.isRunning() ? "running" : "ended",
                        seen.started(),
                        seen.elapsed().toMillis(),
                        seen.rows(),
                        seen.text()))
                .toList();
    }
}
