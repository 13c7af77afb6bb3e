package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Conditions on the rows of one table, weakened to what a {@link Filter} can say; empty where that is nothing. */
final class Predicates {
    private final Schema schema;
    private final RexBuilder builder;

    Predicates(Schema schema, RexBuilder builder) {
        this.schema = schema;
        this.builder = builder;
    }

    Optional<Filter> of(RexNode condition) {
        return filter(RexUtil.expandSearch(builder, null, condition));
    }

    private Optional<Filter> filter(RexNode node) {
        return switch (node) {
            case RexInputRef column -> truth(column, true);
            case RexCall call -> call(call);
            default -> Optional.empty();
        };
    }

    private Optional<Filter> call(RexCall call) {
        return switch (call.getKind()) {
            case AND -> and(call.getOperands(), this::filter);
            case OR -> or(call.getOperands(), this::filter);
            case NOT ->
                call.getOperands().getFirst() instanceof RexInputRef column
                        ? truth(column, false)
                        : complement(call.getOperands().getFirst());
            case IS_NOT_TRUE -> complement(call.getOperands().getFirst());
            case EQUALS -> comparison(call, Operator.EQUAL);
            case NOT_EQUALS -> comparison(call, Operator.NOT_EQUAL);
            case LESS_THAN -> comparison(call, Operator.LESS);
            case LESS_THAN_OR_EQUAL -> comparison(call, Operator.LESS_OR_EQUAL);
            case GREATER_THAN -> comparison(call, Operator.GREATER);
            case GREATER_THAN_OR_EQUAL -> comparison(call, Operator.GREATER_OR_EQUAL);
            case IS_NULL -> plain(call).map(field -> new Filter.IsNull(field.getName()));
            case IS_NOT_NULL -> plain(call).map(field -> new Filter.IsNotNull(field.getName()));
            case LIKE -> like(call);
            default -> Optional.empty();
        };
    }

    /** What holds where the condition is false or null. */
    private Optional<Filter> complement(RexNode node) {
        if (!(node instanceof RexCall call)) {
            return Optional.empty();
        }
        return switch (call.getKind()) {
            case AND -> or(call.getOperands(), this::complement);
            case OR -> and(call.getOperands(), this::complement);
            case EQUALS -> comparison(call, Operator.NOT_EQUAL).flatMap(this::orNull);
            case NOT_EQUALS -> comparison(call, Operator.EQUAL).flatMap(this::orNull);
            case LESS_THAN -> comparison(call, Operator.GREATER_OR_EQUAL).flatMap(this::orNull);
            case LESS_THAN_OR_EQUAL -> comparison(call, Operator.GREATER).flatMap(this::orNull);
            case GREATER_THAN -> comparison(call, Operator.LESS_OR_EQUAL).flatMap(this::orNull);
            case GREATER_THAN_OR_EQUAL -> comparison(call, Operator.LESS).flatMap(this::orNull);
            case IS_NULL -> plain(call).map(field -> new Filter.IsNotNull(field.getName()));
            case IS_NOT_NULL -> plain(call).map(field -> new Filter.IsNull(field.getName()));
            default -> Optional.empty();
        };
    }

    private Optional<Filter> orNull(Filter comparison) {
        return comparison instanceof Filter.Comparison(String column, Operator _, Object _)
                        && schema.findField(column).getChildren().isEmpty()
                ? Optional.of(new Filter.Or(List.of(comparison, new Filter.IsNull(column))))
                : Optional.empty();
    }

    private interface Reading {
        Optional<Filter> of(RexNode node);
    }

    /** A conjunct that cannot be said is left out. */
    private static Optional<Filter> and(List<RexNode> operands, Reading reading) {
        var terms = operands.stream()
                .flatMap(operand -> reading.of(operand).stream())
                .toList();
        return switch (terms.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(terms.getFirst());
            default -> Optional.of(new Filter.And(terms));
        };
    }

    /** A disjunct that cannot be said leaves nothing to say. */
    private static Optional<Filter> or(List<RexNode> operands, Reading reading) {
        var terms = new ArrayList<Filter>();
        for (var operand : operands) {
            var term = reading.of(operand);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            terms.add(term.get());
        }
        return Optional.of(in(terms).orElseGet(() -> new Filter.Or(terms)));
    }

    private static Optional<Filter> in(List<Filter> terms) {
        var values = new ArrayList<Object>();
        var column = Optional.<String>empty();
        for (var term : terms) {
            if (!(term instanceof Filter.Comparison(String name, Operator operator, Object value))
                    || operator != Operator.EQUAL
                    || !column.orElse(name).equals(name)) {
                return Optional.empty();
            }
            column = Optional.of(name);
            values.add(value);
        }
        return column.map(name -> new Filter.In(name, values));
    }

    private Optional<Filter> truth(RexInputRef column, boolean value) {
        var field = field(column);
        return field.getType() instanceof ArrowType.Bool
                ? Optional.of(new Filter.Comparison(field.getName(), Operator.EQUAL, value))
                : Optional.empty();
    }

    private Optional<Filter> comparison(RexCall call, Operator operator) {
        var left = Constants.strip(call.getOperands().getFirst());
        var right = Constants.strip(call.getOperands().getLast());
        if (left instanceof RexInputRef column) {
            return comparison(field(column), operator, right);
        }
        return right instanceof RexInputRef column
                ? comparison(field(column), reversed(operator), left)
                : Optional.empty();
    }

    private static Optional<Filter> comparison(Field field, Operator operator, RexNode other) {
        if (other instanceof RexDynamicParam parameter) {
            return ColumnValues.takesParameters(field.getType())
                    ? Optional.of(new Filter.Comparison(
                            field.getName(), operator, new Filter.Parameter(parameter.getIndex())))
                    : Optional.empty();
        }
        return Constants.value(other)
                .flatMap(constant -> ColumnValues.of(field.getType(), operator, constant))
                .map(value -> new Filter.Comparison(field.getName(), operator, value));
    }

    static Operator reversed(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
        };
    }

    /** The column whose nulls are asked for, unless it is nested: files count no nulls of those. */
    private Optional<Field> plain(RexCall call) {
        return Constants.strip(call.getOperands().getFirst()) instanceof RexInputRef column
                ? Optional.of(field(column)).filter(field -> field.getChildren().isEmpty())
                : Optional.empty();
    }

    /** ILIKE is of the same kind, and another operator. */
    private Optional<Filter> like(RexCall call) {
        if (!call.getOperator().equals(SqlStdOperatorTable.LIKE)
                || call.getOperands().size() != 2
                || !(call.getOperands().getFirst() instanceof RexInputRef column)
                || !(field(column).getType() instanceof ArrowType.Utf8)) {
            return Optional.empty();
        }
        return Constants.value(call.getOperands().getLast())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(pattern -> pattern.matches("(?s)[^%_\\\\]+%"))
                .map(pattern ->
                        new Filter.StartsWith(field(column).getName(), pattern.substring(0, pattern.length() - 1)));
    }

    private Field field(RexInputRef column) {
        return schema.getFields().get(column.getIndex());
    }
}
