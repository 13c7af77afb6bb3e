package dev.sluice.server.query;

import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as a condition in SQL. Confined to one thread. */
final class Conditions {
    private final List<@Nullable Object> values = new ArrayList<>();

    /** The values of the parameters of all conditions that were given, in order. */
    List<@Nullable Object> values() {
        return values;
    }

    /** @param filter without parameters and keys */
    String of(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> joined(terms, " AND ");
            case Filter.Or(List<Filter> terms) -> joined(terms, " OR ");
            case Filter.Comparison(String column, Filter.Operator operator, Object value) ->
                quoted(column) + sign(operator) + parameter(value);
            case Filter.In(String column, List<Object> in) ->
                quoted(column) + " IN ("
                        + String.join(", ", in.stream().map(this::parameter).toList()) + ")";
            case Filter.IsNull(String column) -> quoted(column) + " IS NULL";
            case Filter.IsNotNull(String column) -> quoted(column) + " IS NOT NULL";
            case Filter.StartsWith(String column, String prefix) ->
                "starts_with(" + quoted(column) + ", " + parameter(prefix) + ")";
        };
    }

    private String joined(List<Filter> terms, String word) {
        return "(" + String.join(word, terms.stream().map(this::of).toList()) + ")";
    }

    private String parameter(Object value) {
        values.add(value);
        return "?";
    }

    private static String quoted(String column) {
        return QualifiedName.quote(column);
    }

    private static String sign(Filter.Operator operator) {
        return switch (operator) {
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }
}
