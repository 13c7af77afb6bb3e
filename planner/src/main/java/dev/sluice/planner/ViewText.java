package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import java.util.List;

/**
 * A view's query.
 *
 * @param dialect whose SQL the text is
 * @param defaultSchema schema of names in the text that have none
 * @param columns names of the view's columns
 * @param queryColumns what the columns are called in the text, in the same order; empty where they are the text's own,
 *     one after the other
 */
public record ViewText(
        QualifiedName name,
        String sql,
        String dialect,
        String defaultSchema,
        List<String> columns,
        List<String> queryColumns) {
    /** The dialect of texts that were written here. */
    static final String DIALECT = "sluice";

    public ViewText {
        columns = List.copyOf(columns);
        queryColumns = List.copyOf(queryColumns);
    }
}
