package dev.sluice.planner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.core.Filter;
import dev.sluice.core.Filter.Operator;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The filter of a query that DuckDB alone reads, in the plainest case: one SELECT from one table, in whose WHERE
 * columns are compared with constants. Anything else in a conjunction is left out.
 */
final class DuckFilter {
    private static final Map<String, Operator> OPERATORS = Map.of(
            "COMPARE_EQUAL", Operator.EQUAL,
            "COMPARE_NOTEQUAL", Operator.NOT_EQUAL,
            "COMPARE_LESSTHAN", Operator.LESS,
            "COMPARE_LESSTHANOREQUALTO", Operator.LESS_OR_EQUAL,
            "COMPARE_GREATERTHAN", Operator.GREATER,
            "COMPARE_GREATERTHANOREQUALTO", Operator.GREATER_OR_EQUAL);

    private final Scan scan;
    private final String table;

    private DuckFilter(Scan scan, String table) {
        this.scan = scan;
        this.table = table;
    }

    static Statement.Query prune(Statement.Query query, JsonNode tree) {
        var select = tree.path("statements").path(0).path("node");
        if (query.scans().size() != 1 || !isPlain(select)) {
            return query;
        }
        var from = select.path("from_table");
        var alias = from.path("alias").asText();
        var scan = query.scans().getFirst();
        var filter = new DuckFilter(scan, alias.isEmpty() ? scan.table().name().name() : alias);
        var terms = filter.terms(select.path("where_clause")).toList();
        return switch (terms.size()) {
            case 0 -> query;
            case 1 -> Pruning.with(query, Map.of(0, terms.getFirst()));
            default -> Pruning.with(query, Map.of(0, new Filter.And(terms)));
        };
    }

    private static boolean isPlain(JsonNode select) {
        var from = select.path("from_table");
        return is(select, "SELECT_NODE")
                && select.path("cte_map").path("map").isEmpty()
                && is(from, "BASE_TABLE")
                && from.path("sample").isNull()
                && from.path("column_name_alias").isEmpty();
    }

    private static boolean is(JsonNode node, String type) {
        return type.equals(node.path("type").asText());
    }

    private Stream<Filter> terms(JsonNode condition) {
        if (is(condition, "CONJUNCTION_AND")) {
            return StreamSupport.stream(condition.path("children").spliterator(), false)
                    .flatMap(this::terms);
        }
        var operator = OPERATORS.get(condition.path("type").asText());
        if (operator == null) {
            return Stream.of();
        }
        var left = condition.path("left");
        var right = condition.path("right");
        return Stream.of(comparison(left, operator, right), comparison(right, Predicates.reversed(operator), left))
                .flatMap(Optional::stream);
    }

    private Optional<Filter> comparison(JsonNode left, Operator operator, JsonNode right) {
        return column(left)
                .flatMap(column -> constant(right, column)
                        .flatMap(constant -> ColumnValues.of(column.getType(), operator, constant))
                        .map(value -> new Filter.Comparison(column.getName(), operator, value)));
    }

    private Optional<Field> column(JsonNode node) {
        var names = node.path("column_names");
        var qualified = names.size() == 2
                && names.path(0).asText().equalsIgnoreCase(table)
                && find(table).isEmpty();
        return is(node, "COLUMN_REF") && (names.size() == 1 || qualified)
                ? find(names.path(names.size() - 1).asText())
                : Optional.empty();
    }

    private Optional<Field> find(String name) {
        return scan.schema().getFields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Optional<Object> constant(JsonNode node, Field column) {
        try {
            if (is(node, "OPERATOR_CAST")) {
                var type = node.path("type_expr");
                return string(node.path("child"))
                        .filter(_ -> !node.path("try_cast").asBoolean())
                        .flatMap(text -> switch (type.path("type_name").asText()) {
                            case "DATE" -> Optional.of(LocalDate.parse(text));
                            case "TIMESTAMP" -> Optional.of(time(text));
                            default -> Optional.empty();
                        });
            }
            var number = number(node);
            return number.isPresent()
                    ? number
                    : string(node).map(text -> switch (column.getType()) {
                        case ArrowType.Date _ -> LocalDate.parse(text);
                        case ArrowType.Timestamp _ -> time(text);
                        default -> text;
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime time(String text) {
        return text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static Optional<String> string(JsonNode node) {
        return literal(node, "STRING");
    }

    private static Optional<Object> number(JsonNode node) {
        return literal(node, "INTEGER")
                .or(() -> literal(node, "NUMERIC"))
                .filter(text -> text.matches("-?[0-9]{1,18}([.][0-9]{1,18})?"))
                .map(BigDecimal::new);
    }

    private static Optional<String> literal(JsonNode node, String kind) {
        var literal = node.path("literal");
        return is(node, "VALUE_CONSTANT") && kind.equals(literal.path("kind").asText())
                ? Optional.of(literal.path("text").asText())
                : Optional.empty();
    }
}
