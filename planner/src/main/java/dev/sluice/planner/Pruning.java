package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives each scan of a query the condition that all the rows it needs satisfy. Best effort: a query that Calcite cannot
 * analyse is left as it is, since DuckDB evaluates every condition anyway. Thread-safe.
 */
final class Pruning {
    /** Beyond that, analysis costs more than it saves: thousands of values in an IN list take Calcite a second. */
    private static final int MAX_TOKENS = 4_000;

    private static final Set<String> CONDITIONS = Set.of("WHERE", "ON", "HAVING", "QUALIFY");

    private final Analysis analysis = new Analysis();

    Statement.Query prune(Statement.Query query, List<Token> tokens) {
        if (query.scans().isEmpty() || tokens.size() > MAX_TOKENS) {
            return query;
        }
        var sql = query.sql()
                .render(scan -> QualifiedName.quote(Analysis.scanName(scan)), Pruning::functionName)
                .sql();
        if (!isAnalysable(query.sql().hasViews() ? Tokenizer.read(Draft.of(sql)).tokens() : tokens)) {
            return query;
        }
        try {
            return with(query, analysis.filters(sql, query.scans()));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // Calcite refuses, runs out of time or trips over what DuckDB may well run.
            return query;
        }
    }

    /** A condition is wanted, and no ASOF join, whose right side must not be filtered before it is matched. */
    private static boolean isAnalysable(List<Token> tokens) {
        return tokens.stream().noneMatch(token -> token.is("ASOF"))
                && tokens.stream().anyMatch(token -> CONDITIONS.stream().anyMatch(token::is));
    }

    private static String functionName(QualifiedName function) {
        return QualifiedName.quote("$" + function.schema() + "$" + function.name());
    }

    static Statement.Query with(Statement.Query query, Map<Integer, Filter> filters) {
        var scans = IntStream.range(0, query.scans().size())
                .mapToObj(i -> {
                    var scan = query.scans().get(i);
                    return scan.with(Optional.ofNullable(filters.get(i)).or(scan::filter));
                })
                .toList();
        return new Statement.Query(query.sql(), scans, query.functions(), query.parameters());
    }
}
