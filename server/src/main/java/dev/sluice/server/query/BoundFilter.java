package dev.sluice.server.query;

import dev.sluice.core.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of a filter's parameters and keys. A comparison with a value that is null, or not known, is
 * useless for pruning.
 *
 * @param keys what a column that is equal to a key satisfies, by the column's name
 */
record BoundFilter(List<@Nullable Object> parameters, Function<Filter.Key, Function<String, Optional<Filter>>> keys) {
    /** No key is known. */
    static BoundFilter with(List<@Nullable Object> parameters) {
        return new BoundFilter(parameters, _ -> _ -> Optional.empty());
    }

    /** Empty where nothing is left to prune by. */
    Optional<Filter> of(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> {
                var kept = terms.stream().flatMap(t -> of(t).stream()).toList();
                yield kept.isEmpty() ? Optional.empty() : Optional.of(new Filter.And(kept));
            }
            case Filter.Or(List<Filter> terms) -> {
                var kept = terms.stream().flatMap(t -> of(t).stream()).toList();
                yield kept.size() < terms.size() ? Optional.empty() : Optional.of(new Filter.Or(kept));
            }
            case Filter.Comparison(String column, Filter.Operator _, Filter.Key key) ->
                keys.apply(key).apply(column);
            case Filter.Comparison(String column, Filter.Operator operator, Object value) ->
                value(value).map(v -> new Filter.Comparison(column, operator, v));
            case Filter.In(String column, List<Object> values) -> {
                var bound = new ArrayList<Object>();
                values.forEach(v -> value(v).ifPresent(bound::add));
                yield bound.size() < values.size() ? Optional.empty() : Optional.of(new Filter.In(column, bound));
            }
            case Filter.IsNull f -> Optional.of(f);
            case Filter.IsNotNull f -> Optional.of(f);
            case Filter.StartsWith f -> Optional.of(f);
        };
    }

    private Optional<Object> value(Object value) {
        return value instanceof Filter.Parameter(int index)
                ? Optional.ofNullable(index < parameters.size() ? parameters.get(index) : null)
                : Optional.of(value);
    }
}
