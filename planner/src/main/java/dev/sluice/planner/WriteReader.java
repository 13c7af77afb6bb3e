package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads INSERT, UPDATE, DELETE and TRUNCATE: each becomes a query for the rows to add, to change or to remove. */
final class WriteReader {
    private final Reading reading;
    private final Tokens tokens;

    WriteReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement insert() {
        tokens.refuse("OR", "INSERT OR REPLACE and INSERT OR IGNORE are not supported");
        tokens.refuse("OVERWRITE", "INSERT OVERWRITE is not supported yet");
        tokens.expect("INTO");
        var table = reading.target();
        var schema = reading.schema(table);
        var columns = tokens.atSymbol('(') && !isQueryInBrackets() ? reading.columns(schema, table) : names(schema);
        tokens.refuse("BY", "INSERT … BY NAME is not supported: list the columns");
        tokens.refuse("DEFAULT", "DEFAULT VALUES is not supported: list the values");
        if (!new QueryReader(reading).isNext()) {
            throw tokens.expected("VALUES or a query");
        }
        checkWidth(columns);
        return new Statement.Insert(table, columns, new QueryReader(reading).read());
    }

    private boolean isQueryInBrackets() {
        return tokens.peek(1).is("SELECT")
                || tokens.peek(1).is("WITH")
                || tokens.peek(1).is("VALUES")
                || tokens.peek(1).is("FROM")
                || tokens.peek(1).isSymbol('(');
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    /** VALUES tells in its first row how many columns it has. */
    private void checkWidth(List<String> columns) {
        if (!tokens.at("VALUES") || !tokens.peek(1).isSymbol('(')) {
            return;
        }
        var depth = 0;
        var width = 1;
        for (var ahead = 1; ; ahead++) {
            var token = tokens.peek(ahead);
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                depth++;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            } else if (token.isSymbol(',') && depth == 1) {
                width++;
            }
            if (token.kind() == Token.Kind.END) {
                return;
            }
            if (depth == 0) {
                if (width != columns.size()) {
                    var message = "VALUES has " + width + " columns, but " + columns.size() + " are to be filled";
                    throw tokens.draft()
                            .failure(
                                    Code.INVALID_STATEMENT,
                                    message,
                                    tokens.peek().start());
                }
                return;
            }
        }
    }

    Statement update() {
        var name = tokens.peek();
        var table = reading.target();
        var nameEnd = tokens.last().end();
        var schema = reading.schema(table);
        var alias = alias(table, "SET");
        tokens.expect("SET");
        var columns = new ArrayList<String>();
        var values = new ArrayList<NewValue>();
        do {
            columns.add(reading.assigned(schema, table, alias, columns));
            tokens.expectSymbol('=');
            var parameter = tokens.peek().kind() == Token.Kind.PARAMETER;
            var span = reading.expression("a value", "FROM", "WHERE", "RETURNING");
            values.add(new NewValue(columns.getLast(), span, parameter && span.to() == span.from() + 1));
        } while (tokens.acceptSymbol(','));
        var from = tokens.accept("FROM") ? Optional.of(items()) : Optional.<Span>empty();
        var matches = matches(new Span(name.start(), nameEnd), alias, values, from);
        return new Statement.Update(table, List.copyOf(columns), matches);
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

    Statement delete() {
        tokens.expect("FROM");
        var name = tokens.peek();
        var table = reading.target();
        var nameEnd = tokens.last().end();
        reading.schema(table);
        var alias = alias(table, "USING", "WHERE", "RETURNING");
        var using = tokens.accept("USING") ? Optional.of(items()) : Optional.<Span>empty();
        return new Statement.Delete(table, matches(new Span(name.start(), nameEnd), alias, List.of(), using));
    }

    Statement truncate() {
        tokens.accept("TABLE");
        var name = tokens.peek();
        var table = reading.target();
        reading.schema(table);
        var target = new Span(name.start(), tokens.last().end());
        tokens.expectEnd();
        return new Statement.Delete(table, matches(target, table.name().name(), List.of(), Optional.empty()));
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

    private Statement.Query matches(Span target, String alias, List<NewValue> values, Optional<Span> items) {
        var name = QualifiedName.quote(alias);
        var draft = Draft.from(reading.source())
                .insert(target.from(), "SELECT " + name + "." + Scan.FILE + ", " + name + "." + Scan.ROW);
        values.forEach(value -> draft.insert(value.span().from(), ", " + value.before(name))
                .verbatim(value.span().from(), value.span().to())
                .insert(value.span().to(), value.after()));
        draft.insert(target.from(), " FROM ");
        var place = draft.length();
        draft.verbatim(target.from(), target.to()).insert(target.to(), " AS " + name);
        items.ifPresent(span -> draft.insert(span.from(), ", ").verbatim(span.from(), span.to()));
        if (tokens.at("WHERE")) {
            var where = tokens.take();
            var condition = reading.expression("a condition", "RETURNING");
            draft.insert(where.start(), " WHERE (").verbatim(condition.from(), condition.to());
            draft.insert(condition.to(), ")");
        }
        tokens.refuse("RETURNING", "RETURNING is not supported");
        tokens.expectEnd();
        return reading.queries().plan(draft.build(), reading.context(), OptionalInt.of(place));
    }
}
