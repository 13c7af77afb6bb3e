package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query of a table's rows in a wanted order.
 *
 * <p>A Z-order interleaves the bits of each column's rank, which is the share of rows that lie below it: so a column
 * counts as much as another, whatever its type and however its values are spread, and equal values have equal ranks.
 * (G. M. Morton, A computer oriented geodetic data base, 1966.)
 */
final class OrderedSql {
    /** Of a BIGINT that is not negative. */
    private static final int BITS = 62;

    private static final int MAX_BITS_OF_COLUMN = 16;
    private static final String RANK = "__sluice_rank_";

    private OrderedSql() {}

    /** @param table an expression of FROM with the schema's columns */
    static String of(String table, Schema schema, RowOrder order) {
        var columns = schema.getFields().stream()
                .map(Field::getName)
                .map(QualifiedName::quote)
                .collect(joining(", "));
        var select = "SELECT " + columns + " FROM ";
        return switch (order) {
            case RowOrder.Kept _ -> select + table + " AS rows_";
            case RowOrder.Sorted(var keys) ->
                select + table + " AS rows_ ORDER BY "
                        + keys.stream().map(OrderedSql::key).collect(joining(", "));
            case RowOrder.ZOrdered(var names) ->
                select + "(SELECT *" + ranks(names) + " FROM " + table + " AS rows_) AS ranked_ ORDER BY "
                        + interleaved(names.size());
        };
    }

    private static String key(RowOrder.Key key) {
        return QualifiedName.quote(key.column())
                + switch (key.direction()) {
                    case ASCENDING -> " ASC NULLS LAST";
                    case DESCENDING -> " DESC NULLS LAST";
                };
    }

    private static int bits(int columns) {
        return Math.min(MAX_BITS_OF_COLUMN, BITS / columns);
    }

    /** Each column's rank, stretched over as many numbers as its bits can tell apart. */
    private static String ranks(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> ", ((rank() OVER (ORDER BY " + QualifiedName.quote(names.get(i)) + " NULLS LAST) - 1) * "
                        + (1L << bits(names.size())) + ") // count(*) OVER () AS " + RANK + i)
                .collect(joining());
    }

    private static String interleaved(int columns) {
        var terms = new ArrayList<String>();
        for (var bit = 0; bit < bits(columns); bit++) {
            for (var column = 0; column < columns; column++) {
                var place = bit * columns + (columns - 1 - column);
                terms.add("(((" + RANK + column + " >> " + bit + ") & 1) << " + place + ")");
            }
        }
        return String.join(" + ", terms);
    }
}
