package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads UPDATE, DELETE and TRUNCATE: each becomes a query for the places of the rows, and their new values. */
final class ChangeReader {
    private static final Filter NOTHING = new Filter.Or(List.of());

    private final Reading reading;
    private final Tokens tokens;

    ChangeReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** What chooses the rows. */
    interface Condition {
        void write(Draft.Builder draft);
    }

    /**
     * What a column is set to.
     *
     * @param parameter whether it is a parameter and nothing else: DuckDB can tell its type only beside the column
     */
    private record NewValue(String column, Span span, boolean parameter) {
        String before(String table) {
            return parameter ? "(CASE WHEN false THEN " + table + "." + QualifiedName.quote(column) + " ELSE " : "(";
        }

        String after() {
            return parameter ? " END)" : ")";
        }
    }

    Statement update() {
        var target = Target.read(reading);
        var alias = alias(target.table(), "SET");
        tokens.expect("SET");
        var columns = new ArrayList<String>();
        var values = new ArrayList<NewValue>();
        do {
            columns.add(reading.assigned(target.schema(), target.table(), alias, columns));
            tokens.expectSymbol('=');
            var parameter = tokens.peek().kind() == Token.Kind.PARAMETER;
            var span = reading.expression("a value", "FROM", "WHERE", "RETURNING");
            values.add(new NewValue(columns.getLast(), span, parameter && span.to() == span.from() + 1));
        } while (tokens.acceptSymbol(','));
        var from = tokens.accept("FROM") ? Optional.of(items()) : Optional.<Span>empty();
        var where = where();
        return new Statement.Update(target.table(), List.copyOf(columns), matches(target, alias, values, from, where));
    }

    Statement delete() {
        tokens.expect("FROM");
        var target = Target.read(reading);
        var alias = alias(target.table(), "USING", "WHERE", "RETURNING");
        var using = tokens.accept("USING") ? Optional.of(items()) : Optional.<Span>empty();
        var where = where();
        if (using.isEmpty()) {
            return delete(target, alias, where);
        }
        return new Statement.Delete(target.table(), matches(target, alias, List.of(), using, where), Optional.empty());
    }

    Statement truncate() {
        tokens.accept("TABLE");
        var target = Target.read(reading);
        tokens.expectEnd();
        return delete(target, target.table().name().name(), Optional.empty());
    }

    /** All rows of a table, or those of a condition. */
    Statement.Delete delete(Target target, String alias, Optional<Condition> where) {
        var matches = matches(target, alias, List.of(), Optional.empty(), where);
        var kept = where.map(condition -> kept(target, alias, condition)).orElse(Optional.of(NOTHING));
        return new Statement.Delete(target.table(), matches, kept);
    }

    private String alias(TableRef table, String... next) {
        if (tokens.accept("AS")) {
            return tokens.name("an alias");
        }
        for (var word : next) {
            if (tokens.at(word)) {
                return table.name().name();
            }
        }
        return tokens.peek().isName() ? tokens.name("an alias") : table.name().name();
    }

    /** FROM's or USING's items, up to WHERE. */
    private Span items() {
        var from = tokens.peek().start();
        do {
            reading.expression("a table", "WHERE", "RETURNING");
        } while (tokens.acceptSymbol(','));
        return new Span(from, tokens.last().end());
    }

    private Optional<Condition> where() {
        var where = Optional.<Condition>empty();
        if (tokens.accept("WHERE")) {
            var span = reading.expression("a condition", "RETURNING");
            where = Optional.of(draft -> draft.verbatim(span.from(), span.to()));
        }
        tokens.refuse("RETURNING", "RETURNING is not supported");
        tokens.expectEnd();
        return where;
    }

    private Statement.Query matches(
            Target target, String alias, List<NewValue> values, Optional<Span> items, Optional<Condition> where) {
        var name = QualifiedName.quote(alias);
        var span = target.span();
        var draft = Draft.from(reading.source())
                .insert(span.from(), "SELECT " + name + "." + Scan.FILE + ", " + name + "." + Scan.ROW);
        values.forEach(value -> draft.insert(value.span().from(), ", " + value.before(name))
                .verbatim(value.span().from(), value.span().to())
                .insert(value.span().to(), value.after()));
        draft.insert(span.from(), " FROM ");
        var place = draft.length();
        draft.verbatim(span.from(), span.to()).insert(span.to(), " AS " + name);
        items.ifPresent(more -> draft.insert(more.from(), ", ").verbatim(more.from(), more.to()));
        where.ifPresent(condition -> {
            draft.insert(span.to(), " WHERE (");
            condition.write(draft);
            draft.insert(span.to(), ")");
        });
        return reading.queries().plan(draft.build(), reading.context(), OptionalInt.of(place));
    }

    /** What every row satisfies for which the condition is false or null. */
    private Optional<Filter> kept(Target target, String alias, Condition where) {
        var span = target.span();
        var draft = Draft.from(reading.source())
                .insert(span.from(), "SELECT 1 FROM ")
                .verbatim(span.from(), span.to())
                .insert(span.to(), " AS " + QualifiedName.quote(alias) + " WHERE ((");
        where.write(draft);
        draft.insert(span.to(), ") IS NOT TRUE)");
        return reading.queries()
                .plan(draft.build(), reading.context(), OptionalInt.empty())
                .scans()
                .getFirst()
                .filter();
    }
}
