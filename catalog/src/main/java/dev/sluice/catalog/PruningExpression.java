package dev.sluice.catalog;

import dev.sluice.core.FieldIds;
import dev.sluice.core.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A statement's filter as Iceberg's expression over the columns of one scan. A term whose meaning could differ between
 * DuckDB and Iceberg becomes true: files are read in vain then, and never missed.
 *
 * <p>Two differences are settled here. To DuckDB, NaN is greater than all numbers; Iceberg's bounds leave it out, so a
 * term that NaN satisfies asks for it too. And 0.0 equals -0.0 in SQL, while Iceberg orders them.
 */
final class PruningExpression {
    private final Map<String, Types.NestedField> columns = new HashMap<>();

    /**
     * @param schema the columns as the statement names them
     * @param scanned the columns as the scanned snapshot has them, found by field id
     */
    PruningExpression(Schema schema, org.apache.iceberg.Schema scanned) {
        for (var field : schema.getFields()) {
            var column = scanned.findField(FieldIds.load(field));
            if (column != null) {
                columns.put(field.getName(), column);
            }
        }
    }

    Expression of(Filter filter) {
        return switch (filter) {
            case Filter.And(var terms) ->
                terms.stream().map(this::of).reduce(Expressions.alwaysTrue(), Expressions::and);
            case Filter.Or(var terms) ->
                terms.stream().map(this::of).reduce(Expressions.alwaysFalse(), Expressions::or);
            case Filter.Comparison(var name, var operator, var value) ->
                known(name, column -> comparison(column, operator, value));
            case Filter.In(var name, var values) -> known(name, column -> in(column, values));
            case Filter.IsNull(var name) -> known(name, column -> Expressions.isNull(column.name()));
            case Filter.IsNotNull(var name) -> known(name, column -> Expressions.notNull(column.name()));
            case Filter.StartsWith(var name, var prefix) ->
                known(
                        name,
                        column -> column.type().typeId() == Type.TypeID.STRING
                                ? Expressions.startsWith(column.name(), prefix)
                                : Expressions.alwaysTrue());
        };
    }

    private interface Term {
        Expression of(Types.NestedField column);
    }

    private Expression known(String name, Term term) {
        var column = columns.get(name);
        return column == null ? Expressions.alwaysTrue() : term.of(column);
    }

    private static Expression comparison(Types.NestedField column, Filter.Operator operator, Object value) {
        return ColumnLiteral.of(column.type(), value)
                .map(literal -> comparison(column.name(), operator, literal))
                .orElse(Expressions.alwaysTrue());
    }

    private static Expression comparison(String name, Filter.Operator operator, Object value) {
        var zero = isZero(value);
        return switch (operator) {
            case EQUAL -> zero ? Expressions.in(name, zeros(value).toArray()) : Expressions.equal(name, value);
            case NOT_EQUAL -> orNaN(name, value, Expressions.notEqual(name, value));
            case LESS -> Expressions.lessThan(name, value);
            case LESS_OR_EQUAL ->
                Expressions.lessThanOrEqual(name, zero ? zeros(value).getLast() : value);
            case GREATER -> orNaN(name, value, Expressions.greaterThan(name, value));
            case GREATER_OR_EQUAL ->
                orNaN(
                        name,
                        value,
                        Expressions.greaterThanOrEqual(name, zero ? zeros(value).getFirst() : value));
        };
    }

    private static Expression orNaN(String name, Object value, Expression expression) {
        return value instanceof Float || value instanceof Double
                ? Expressions.or(expression, Expressions.isNaN(name))
                : expression;
    }

    private static boolean isZero(Object value) {
        return (value instanceof Float single && single == 0) || (value instanceof Double real && real == 0);
    }

    private static List<Object> zeros(Object zero) {
        return zero instanceof Float ? List.of(-0.0f, 0.0f) : List.of(-0.0, 0.0);
    }

    /**
     * Iceberg looks up a partition's value in a set of texts, and fails where it is null: nulls are told apart first.
     */
    private static Expression in(Types.NestedField column, List<Object> values) {
        var literals = values.stream()
                .map(value -> ColumnLiteral.of(column.type(), value))
                .flatMap(Optional::stream)
                .toList();
        if (literals.size() < values.size()) {
            return Expressions.alwaysTrue();
        }
        var all = literals.stream()
                .flatMap(literal -> isZero(literal) ? zeros(literal).stream() : Stream.of(literal))
                .toArray();
        return all.length == 0
                ? Expressions.alwaysFalse()
                : Expressions.and(Expressions.notNull(column.name()), Expressions.in(column.name(), all));
    }
}
