package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.RowColumn;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One place in a statement where a table is read.
 *
 * @param schema the table's columns, as the look-up told
 * @param filter what every row that the statement needs from here satisfies; absent where nothing is known
 * @param columns the columns that the statement uses; absent where that is not known
 * @param positions whether the scan also gives {@link #FILE} and {@link #ROW}, as UPDATE and DELETE need
 * @param rowColumns what the scan also tells of its rows
 * @param summary present where the statement needs no row of the table
 */
public record Scan(
        TableRef table,
        Schema schema,
        Optional<Filter> filter,
        Optional<Set<String>> columns,
        boolean positions,
        Set<RowColumn> rowColumns,
        Optional<Summary> summary) {
    public Scan {
        rowColumns = Set.copyOf(rowColumns);
    }

    /**
     * All that is wanted of the table: how many rows it has, and the least and the greatest value of these columns. Two
     * rows with these values do for the scan, if {@link SqlTemplate.CountHole}s are filled.
     */
    public record Summary(Set<String> columns) {
        public Summary {
            columns = Set.copyOf(columns);
        }
    }

    /** Column of the path of a row's data file. */
    public static final String FILE = "__sluice_file";

    /** Column of a row's number in its data file, from 0. */
    public static final String ROW = "__sluice_row";

    /** The same scan for other rows. */
    public Scan with(Optional<Filter> other) {
        return new Scan(table, schema, other, columns, positions, rowColumns, summary);
    }

    /** The same scan where so many others stand before those of its query. */
    Scan after(int others) {
        return with(filter.map(f -> after(f, others)));
    }

    private static Filter after(Filter filter, int others) {
        return switch (filter) {
            case Filter.And(var terms) ->
                new Filter.And(terms.stream().map(term -> after(term, others)).toList());
            case Filter.Or(var terms) ->
                new Filter.Or(terms.stream().map(term -> after(term, others)).toList());
            case Filter.Comparison(var name, var operator, Filter.Key(int scan, String key)) ->
                new Filter.Comparison(name, operator, new Filter.Key(scan + others, key));
            case Filter.Comparison _, Filter.In _, Filter.IsNull _, Filter.IsNotNull _, Filter.StartsWith _ -> filter;
        };
    }
}
