package dev.sluice.server.query;

import dev.sluice.catalog.ScanFiles;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.EngineFailure;
import dev.sluice.engine.EngineQuery;
import dev.sluice.planner.SqlTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query that the engine can run.
 *
 * @param scans what is left of each table after pruning, in the order of the query's scans; empty for a stand-in
 * @param answered the scans, by number, in whose place stands what the table's metadata tells
 */
record Bound(
        SqlTemplate.Rendered text, List<@Nullable Object> parameters, List<ScanFiles> scans, Set<Integer> answered) {
    Bound {
        scans = List.copyOf(scans);
        answered = Set.copyOf(answered);
    }

    EngineQuery query() {
        return new EngineQuery(text.sql(), parameters);
    }

    /** Runs a call into the engine; a failure comes back with its place in the client's own text. */
    <T> T locating(Supplier<T> call) {
        try {
            return call.get();
        } catch (EngineFailure e) {
            var offset = e.offset();
            var position = offset.isPresent() ? text.locate(offset.getAsInt()) : Optional.<Position>empty();
            var view = offset.isPresent() ? text.view(offset.getAsInt()) : Optional.<QualifiedName>empty();
            var failure = view.map(name -> e.failure().prefixed("View '" + name + "' cannot be read: "))
                    .orElse(e.failure());
            throw new FailureException(failure.at(position), e);
        }
    }
}
