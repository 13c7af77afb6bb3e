package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.MergeClause.Kind;
import dev.sluice.planner.MergeClause.Value;
import dev.sluice.planner.Statement.Merge.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads MERGE INTO, and makes one query of it:
 *
 * <pre>
 * SELECT t.__sluice_file, t.__sluice_row, CASE
 *     WHEN t.__sluice_file IS NOT NULL AND s.__sluice_source AND (…) THEN "row"('UPDATE', cast_to_type(…, t.c), …)
 *     WHEN t.__sluice_file IS NULL THEN "row"('INSERT', …)
 *     END
 * FROM target AS t RIGHT JOIN (SELECT *, true AS __sluice_source FROM source) AS s ON (…)
 * </pre>
 *
 * <p>One CASE tries the clauses in their order, and each condition is asked once for a row. The name of row() is
 * quoted, since it is a keyword to Calcite that would not let the query be pruned. Every value is cast by itself, since
 * the branches of a CASE would else agree on a type that may lose digits.
 */
final class MergeReader {
    private static final String SOURCE = "__sluice_source";

    private final Reading reading;
    private final Tokens tokens;

    MergeReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** What the clauses refer to: the target by its alias, and the source. */
    private record Sides(Target target, String alias, Span source, String sourceAlias) {
        TableRef table() {
            return target.table();
        }

        Schema schema() {
            return target.schema();
        }

        String column(String name) {
            return QualifiedName.quote(alias) + "." + QualifiedName.quote(name);
        }
    }

    Statement read() {
        tokens.expect("INTO");
        var target = Target.read(reading);
        var alias = alias("USING").orElse(target.table().name().name());
        tokens.expect("USING");
        var from = tokens.peek().start();
        var sourceAlias = source();
        var sides = new Sides(target, alias, new Span(from, tokens.last().end()), sourceAlias);
        if (alias.equalsIgnoreCase(sourceAlias)) {
            var message = "Target and source are both called '" + alias + "': give one of them an alias";
            throw tokens.draft().failure(Code.AMBIGUOUS_NAME, message, from);
        }
        var on = tokens.peek();
        tokens.expect("ON");
        var condition = reading.expression("a condition", "WHEN", "RETURNING");
        var clauses = clauses(sides);
        tokens.refuse("RETURNING", "RETURNING is not supported");
        tokens.expectEnd();
        return merge(sides, condition, clauses, tokens.draft().position(on.start()));
    }

    private Optional<String> alias(String next) {
        return tokens.accept("AS") || (tokens.peek().isName() && !tokens.at(next))
                ? Optional.of(tokens.name("an alias"))
                : Optional.empty();
    }

    /** A table, a query in brackets or a function; gives the name that the clauses know it by. */
    private String source() {
        var name = sourceName();
        var alias = alias("ON");
        if (alias.isPresent() && tokens.atSymbol('(')) {
            skipBrackets();
        }
        return alias.or(() -> name).orElseThrow(() -> tokens.expected("an alias for the query"));
    }

    private Optional<String> sourceName() {
        if (tokens.atSymbol('(')) {
            skipBrackets();
            return Optional.empty();
        }
        var name = reading.qualifiedName("a table or a query in brackets").name();
        TimeTravel.read(tokens);
        if (tokens.atSymbol('(')) {
            skipBrackets();
        }
        return Optional.of(name);
    }

    private void skipBrackets() {
        tokens.expectSymbol('(');
        do {
            tokens.skipExpression();
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
    }

    private List<MergeClause> clauses(Sides sides) {
        var clauses = new ArrayList<MergeClause>();
        while (tokens.at("WHEN")) {
            var start = tokens.take().start();
            var kind = kind();
            if (clauses.stream().anyMatch(c -> c.kind() == kind && c.condition().isEmpty())) {
                var message = "This clause is never reached: an earlier one of its kind has no condition";
                throw tokens.draft().failure(Code.INVALID_STATEMENT, message, start);
            }
            var condition = tokens.accept("AND")
                    ? Optional.of(reading.expression("a condition", "THEN"))
                    : Optional.<Span>empty();
            tokens.expect("THEN");
            clauses.add(clause(start, kind, condition, sides));
        }
        if (clauses.isEmpty()) {
            throw tokens.expected("WHEN");
        }
        return clauses;
    }

    private Kind kind() {
        if (tokens.accept("MATCHED")) {
            return Kind.MATCHED;
        }
        tokens.expect("NOT", "MATCHED");
        if (tokens.accept("BY", "SOURCE")) {
            return Kind.NOT_MATCHED_BY_SOURCE;
        }
        if (tokens.accept("BY")) {
            tokens.expect("TARGET");
        }
        return Kind.NOT_MATCHED;
    }

    private MergeClause clause(int start, Kind kind, Optional<Span> condition, Sides sides) {
        var values = new LinkedHashMap<String, Value>();
        if (kind == Kind.NOT_MATCHED) {
            tokens.expect("INSERT");
            insert(values, sides);
            return new MergeClause(start, kind, condition, Action.INSERT, values);
        }
        if (tokens.accept("DELETE")) {
            return new MergeClause(start, kind, condition, Action.DELETE, values);
        }
        if (!tokens.accept("UPDATE")) {
            throw tokens.expected("UPDATE or DELETE");
        }
        tokens.expect("SET");
        if (kind == Kind.MATCHED && tokens.atSymbol('*')) {
            all(values, sides);
        } else {
            do {
                var column = reading.assigned(sides.schema(), sides.table(), sides.alias(), values.keySet());
                tokens.expectSymbol('=');
                values.put(column, value("WHEN", "RETURNING"));
            } while (tokens.acceptSymbol(','));
        }
        return new MergeClause(start, kind, condition, Action.UPDATE, values);
    }

    private void insert(Map<String, Value> values, Sides sides) {
        if (tokens.atSymbol('*')) {
            all(values, sides);
            return;
        }
        var columns = tokens.atSymbol('(')
                ? reading.columns(sides.schema(), sides.table())
                : sides.schema().getFields().stream().map(Field::getName).toList();
        tokens.expect("VALUES");
        var open = tokens.expectSymbol('(');
        var given = new ArrayList<Value>();
        do {
            given.add(value());
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        if (given.size() != columns.size()) {
            var message = "VALUES has " + given.size() + " columns, but " + columns.size() + " are to be filled";
            throw tokens.draft().failure(Code.INVALID_STATEMENT, message, open.start());
        }
        for (var i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), given.get(i));
        }
        for (var field : sides.schema().getFields()) {
            if (!field.isNullable() && !values.containsKey(field.getName())) {
                var message = "Column " + QualifiedName.quote(field.getName()) + " of table "
                        + sides.table().name() + " is NOT NULL and gets no value";
                throw tokens.draft().failure(Code.NULL_NOT_ALLOWED, message, open.start());
            }
        }
    }

    private Value value(String... next) {
        var parameter = tokens.peek().kind() == Token.Kind.PARAMETER;
        var span = reading.expression("a value", next);
        return new Value.Expression(span, parameter && span.to() == span.from() + 1);
    }

    /** {@code *}: each column from the source's column of its name. */
    private void all(Map<String, Value> values, Sides sides) {
        var star = tokens.take().start();
        sides.schema()
                .getFields()
                .forEach(field -> values.put(field.getName(), new Value.SameName(star, sides.sourceAlias())));
    }

    private Statement merge(Sides sides, Span condition, List<MergeClause> clauses, Position on) {
        var columns = sides.schema().getFields().stream()
                .map(Field::getName)
                .filter(name -> clauses.stream().anyMatch(c -> c.values().containsKey(name)))
                .toList();
        var target = sides.target().span();
        var name = QualifiedName.quote(sides.alias());
        var draft = Draft.from(reading.source())
                .insert(target.from(), "SELECT " + name + "." + Scan.FILE + ", " + name + "." + Scan.ROW + ", CASE");
        clauses.forEach(clause -> write(draft, clause, columns, sides));
        draft.insert(target.from(), " END FROM ");
        var place = draft.length();
        var source = sides.source();
        draft.verbatim(target.from(), target.to())
                .insert(target.to(), " AS " + name + join(clauses) + "(SELECT *, true AS " + SOURCE + " FROM ")
                .verbatim(source.from(), source.to())
                .insert(source.to(), ") AS " + QualifiedName.quote(sides.sourceAlias()) + " ON (")
                .verbatim(condition.from(), condition.to())
                .insert(condition.to(), ")");
        var text = draft.build();
        var matches = reading.queries().plan(text, reading.context(), OptionalInt.of(place));
        return new Statement.Merge(sides.table(), columns, matches, text.parameters(), isRepeatable(clauses), on);
    }

    private static String join(List<MergeClause> clauses) {
        var sources = clauses.stream().anyMatch(clause -> clause.kind() == Kind.NOT_MATCHED);
        var targets = clauses.stream().anyMatch(clause -> clause.kind() == Kind.NOT_MATCHED_BY_SOURCE);
        if (sources) {
            return targets ? " FULL JOIN " : " RIGHT JOIN ";
        }
        return targets ? " LEFT JOIN " : " JOIN ";
    }

    private void write(Draft.Builder draft, MergeClause clause, List<String> columns, Sides sides) {
        var file = QualifiedName.quote(sides.alias()) + "." + Scan.FILE;
        var source = QualifiedName.quote(sides.sourceAlias()) + "." + SOURCE;
        draft.insert(clause.start(), " WHEN " + clause.kind().condition(file, source));
        clause.condition()
                .ifPresent(span -> draft.insert(span.from(), " AND (")
                        .verbatim(span.from(), span.to())
                        .insert(span.to(), ")"));
        draft.insert(clause.start(), " THEN \"row\"('" + clause.action() + "'");
        for (var column : columns) {
            var value = clause.values().get(column);
            if (value == null) {
                var kept = clause.action() == Action.UPDATE ? sides.column(column) : "NULL";
                draft.insert(clause.start(), ", cast_to_type(" + kept + ", " + sides.column(column) + ")");
            } else {
                value.write(draft, column, sides.column(column));
            }
        }
        draft.insert(clause.start(), ")");
    }

    /** As in Spark: where nothing can become of a matched row but its deletion. */
    private static boolean isRepeatable(List<MergeClause> clauses) {
        var matched = clauses.stream().filter(c -> c.kind() == Kind.MATCHED).toList();
        return matched.size() == 1
                && matched.getFirst().action() == Action.DELETE
                && matched.getFirst().condition().isEmpty();
    }
}
