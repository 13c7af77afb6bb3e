package dev.sluice.catalog;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a view is.
 *
 * @param sql its query, as it was written
 * @param dialect whose SQL that is
 * @param defaultSchema schema of the names in the query that have none
 * @param columns names, types and comments of its columns
 * @param queryColumns the names that the columns have in the query, in the columns' order; empty where another engine
 *     has not said them, and the query's own order stands
 */
public record ViewDefinition(
        String sql,
        String dialect,
        String defaultSchema,
        Schema columns,
        List<String> queryColumns,
        Map<String, String> properties) {
    /** The dialect of views that are made here. */
    public static final String DIALECT = "sluice";

    public ViewDefinition {
        queryColumns = List.copyOf(queryColumns);
        properties = Map.copyOf(properties);
    }

    /** The same view with other properties. */
    public ViewDefinition with(Map<String, String> changed) {
        return new ViewDefinition(sql, dialect, defaultSchema, columns, queryColumns, changed);
    }
}
