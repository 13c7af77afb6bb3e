package dev.sluice.planner;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * What a query refers to from outside of itself, and where.
 *
 * @param tree the query as Calcite reads it, where it can
 */
record Mentions(List<Table> tables, List<Function> functions, Optional<SqlNode> tree) {
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
