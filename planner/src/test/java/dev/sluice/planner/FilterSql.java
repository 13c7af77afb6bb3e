package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Collectors;

/** Filters as DuckDB's SQL. */
final class FilterSql {
    private FilterSql() {}

    static String of(Filter filter) {
        return switch (filter) {
            case Filter.And(var terms) ->
                terms.stream().map(FilterSql::of).collect(Collectors.joining(" AND ", "(", ")"));
            case Filter.Or(var terms) ->
                terms.stream().map(FilterSql::of).collect(Collectors.joining(" OR ", "(", ")"));
            case Filter.Comparison(var column, var operator, var value) -> column + sign(operator) + value(value);
            case Filter.In(var column, var values) ->
                column + values.stream().map(FilterSql::value).collect(Collectors.joining(", ", " IN (", ")"));
            case Filter.IsNull(var column) -> column + " IS NULL";
            case Filter.IsNotNull(var column) -> column + " IS NOT NULL";
            case Filter.StartsWith(var column, var prefix) ->
                "starts_with(" + column + ", " + QualifiedName.literal(prefix) + ")";
        };
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

    private static String value(Object value) {
        return switch (value) {
            case LocalDate date -> "DATE '" + date + "'";
            case LocalDateTime time -> "TIMESTAMP '" + time.toString().replace('T', ' ') + "'";
            case String text -> QualifiedName.literal(text);
            case Double number -> number + "::DOUBLE";
            case Filter.Parameter(var index) -> "?" + index;
            case Filter.Key(var scan, var column) -> "key " + column + " of " + scan;
            default -> value.toString();
        };
    }
}
