package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.ChangeReader.Condition;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import dev.sluice.planner.SqlTemplate.Verbatim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** {@code PARTITION (column = literal, …)}: the rows that an INSERT OVERWRITE replaces, and what its new rows have. */
record PartitionValues(SequencedMap<String, Value> values) {
    /** A literal, and where it stands. */
    private record Value(Span span, boolean isNull) {}

    static PartitionValues read(Reading reading, Target target) {
        var tokens = reading.tokens();
        var values = new LinkedHashMap<String, Value>();
        tokens.expectSymbol('(');
        do {
            var column = reading.column(target.schema(), target.table(), values.keySet());
            tokens.expectSymbol('=');
            values.put(column, literal(tokens));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return new PartitionValues(values);
    }

    private static Value literal(Tokens tokens) {
        var from = tokens.peek().start();
        if (tokens.accept("NULL") || tokens.accept("TRUE") || tokens.accept("FALSE")) {
            return new Value(new Span(from, tokens.last().end()), tokens.last().is("NULL"));
        }
        if (tokens.acceptSymbol('-') || tokens.peek().kind() == Token.Kind.NUMBER) {
            if (tokens.peek().kind() != Token.Kind.NUMBER) {
                throw tokens.expected("a number");
            }
            return new Value(new Span(from, tokens.take().end()), false);
        }
        if (tokens.peek(1).isString() && tokens.peek().isName()) {
            tokens.take();
        }
        tokens.string("a literal");
        return new Value(new Span(from, tokens.last().end()), false);
    }

    List<String> columns() {
        return List.copyOf(values.keySet());
    }

    /** The rows with these values in further columns. */
    Statement.Insert added(Statement.Insert insert, Draft draft) {
        var columns = new ArrayList<>(insert.columns());
        var parts = new ArrayList<Part>();
        parts.add(new Inserted(0, "SELECT *"));
        values.forEach((column, value) -> {
            if (columns.contains(column)) {
                var message = "Column '" + column + "' has its value from PARTITION: leave it out of the columns";
                throw draft.failure(Code.AMBIGUOUS_NAME, message, value.span().from());
            }
            columns.add(column);
            var span = value.span();
            parts.add(new Inserted(span.from(), ", "));
            parts.add(new Verbatim(span.from(), draft.source().substring(span.from(), span.to())));
        });
        parts.add(new Inserted(0, " FROM ("));
        parts.addAll(insert.rows().sql().parts());
        parts.add(new Inserted(0, "\n) AS rows_"));
        var rows = insert.rows();
        var query = new Statement.Query(
                new SqlTemplate(rows.sql().source(), parts), rows.scans(), rows.functions(), rows.parameters());
        return new Statement.Insert(insert.table(), List.copyOf(columns), query);
    }

    /** The rows that have these values already. */
    Condition of(String table) {
        return draft -> {
            var and = "";
            for (var entry : values.entrySet()) {
                var span = entry.getValue().span();
                var column = QualifiedName.quote(table) + "." + QualifiedName.quote(entry.getKey());
                if (entry.getValue().isNull()) {
                    draft.insert(span.from(), and + column + " IS NULL");
                } else {
                    draft.insert(span.from(), and + column + " = ").verbatim(span.from(), span.to());
                }
                and = " AND ";
            }
        };
    }
}
