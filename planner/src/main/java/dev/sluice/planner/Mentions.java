package dev.sluice.planner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a query refers to from outside of itself, and where. */
record Mentions(List<Table> tables, List<Function> functions, Parser parser) {
    /** Who read the query. */
    sealed interface Parser {
        record Calcite() implements Parser {}

        /** With the tree that DuckDB shows. */
        record DuckDb(JsonNode tree) implements Parser {}
    }

    /** A parser may show one place twice, as both do with the operand of CASE. */
    Mentions {
        tables = tables.stream().distinct().toList();
        functions = functions.stream().distinct().toList();
    }

    /**
     * A table in FROM that is no common table expression.
     *
     * @param start first character of its name
     * @param aliased whether the text gives it another name
     */
    record Table(int start, List<String> path, boolean aliased) {}

    /**
     * A call.
     *
     * @param asTable whether it stands in FROM
     */
    record Function(int start, List<String> path, boolean asTable) {
        String name() {
            return path.getLast();
        }
    }
}
