package dev.sluice.planner;

import dev.sluice.core.Filter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every row that a query needs from each of its tables satisfies. */
final class Pruning {
    Pruning(Set<String> engineFunctions) {}

    Map<Integer, Filter> filters(Mentions mentions, List<TableResolver.Resolved> tables, LineMap lines) {
        return Map.of();
    }
}
