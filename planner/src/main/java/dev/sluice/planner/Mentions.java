package dev.sluice.planner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** What a query refers to from outside of itself, and where. */
record Mentions(List<Table> tables, List<Function> functions, List<Summary> summaries, Parser parser) {
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
        summaries = summaries.stream().distinct().toList();
    }

    /**
     * A table in FROM that is no common table expression.
     *
     * @param start first character of its name
     * @param aliased whether the text gives it another name
     */
    record Table(int start, List<String> path, boolean aliased) {}

    /**
     * A SELECT that asks nothing of a table but its count of rows and the least and greatest values of columns.
     *
     * @param table where the table's name begins, if it is one
     * @param alias what the columns' names may begin with
     * @param columns the paths whose values are wanted
     */
    record Summary(int table, String alias, List<Count> counts, Set<List<String>> columns) {
        Summary {
            counts = List.copyOf(counts);
            columns = Set.copyOf(columns);
        }

        /**
         * A {@code count(*)}.
         *
         * @param unnamed whether it is a column of the result without a name
         */
        record Count(int start, boolean unnamed) {}
    }

    /**
     * A call.
     *
     * @param start first character of its name; -1 where the parser does not say
     */
    record Function(int start, List<String> path, Place place) {
        String name() {
            return path.getLast();
        }

        boolean asTable() {
            return place != Place.EXPRESSION;
        }
    }

    /** Where a call stands. */
    enum Place {
        EXPRESSION,
        FROM,
        /** In FROM, under another name. */
        FROM_ALIASED
    }
}
