package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what gives rows, also in DuckDB's shorter forms, each of which becomes a SELECT around the text. */
final class QueryReader {
    private static final Set<String> FIRST_WORDS =
            Set.of("FROM", "PIVOT", "SELECT", "SUMMARIZE", "TABLE", "UNPIVOT", "VALUES", "WITH");

    private final Reading reading;
    private final Tokens tokens;

    QueryReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    boolean isNext() {
        return tokens.atSymbol('(') || FIRST_WORDS.stream().anyMatch(tokens::at) || isDescribe();
    }

    private boolean isDescribe() {
        var described = tokens.peek(1);
        return (tokens.at("DESCRIBE") || tokens.at("DESC"))
                && (described.is("SELECT") || described.is("WITH") || described.is("FROM") || described.is("VALUES"));
    }

    Statement.Query read() {
        if (tokens.at("WITH")) {
            refuseWriteAfterWith();
            return reading.query();
        }
        if (tokens.at("TABLE")) {
            return selectAll();
        }
        if (tokens.at("SUMMARIZE") || isDescribe()) {
            return summary();
        }
        if (tokens.at("PIVOT") || tokens.at("UNPIVOT")) {
            return pivot();
        }
        return reading.query();
    }

    private void refuseWriteAfterWith() {
        for (var ahead = 1; tokens.peek(ahead).kind() != Token.Kind.END; ahead++) {
            var token = tokens.peek(ahead);
            var write = token.is("INSERT") || token.is("UPDATE") || token.is("DELETE") || token.is("MERGE");
            if (write && tokens.peek(ahead - 1).isSymbol(')')) {
                throw tokens.draft()
                        .failure(
                                Code.UNSUPPORTED,
                                "WITH before " + token.value() + " is not supported: put the query of WITH where it is"
                                        + " used",
                                token.start());
            }
        }
    }

    /** {@code TABLE t}. */
    private Statement.Query selectAll() {
        var table = tokens.take();
        var end = reading.source().length();
        tokens.skipToEnd();
        return plan(Draft.from(reading.source())
                .insert(table.start(), "SELECT * FROM")
                .verbatim(table.end(), end)
                .build());
    }

    /** {@code SUMMARIZE t}, and SUMMARIZE or DESCRIBE of a query. */
    private Statement.Query summary() {
        var word = tokens.take();
        var rest = Draft.from(reading.source());
        if (tokens.peek().isName() && !isNext()) {
            rest.insert(tokens.peek().start(), "SELECT * FROM ");
        }
        rest.verbatim(tokens.peek().start(), reading.source().length());
        tokens.skipToEnd();
        return wrap(plan(rest.build()), word.start(), word.value() + " ");
    }

    /**
     * {@code PIVOT source ON …}: DuckDB does not show how it reads one, so only the source is planned, and what follows
     * it may name no further table.
     */
    private Statement.Query pivot() {
        var word = tokens.take();
        var from = tokens.peek().start();
        tokens.skipExpression("ON", "USING", "GROUP", "ORDER", "LIMIT");
        var to = tokens.peek().start();
        var source = plan(Draft.from(reading.source())
                .insert(from, "SELECT * FROM ")
                .verbatim(from, to)
                .build());
        if (source.parameters() > 0) {
            throw unsupportedInPivot("A parameter", from);
        }
        while (!tokens.atEnd()) {
            var token = tokens.take();
            if (token.is("SELECT") || token.is("FROM") || token.is("TABLE")) {
                throw unsupportedInPivot("A query", token.start());
            }
            if (token.kind() == Token.Kind.PARAMETER) {
                throw unsupportedInPivot("A parameter", token.start());
            }
            if (token.isName() && tokens.atSymbol('(')) {
                var call = new Mentions.Function(token.start(), List.of(token.value()), Mentions.Place.EXPRESSION);
                Permissions.check(call, tokens.draft());
            }
        }
        var parts = new ArrayList<Part>();
        parts.add(new Inserted(word.start(), "FROM (" + word.value() + " ("));
        parts.addAll(source.sql().parts());
        parts.add(new Inserted(to, ") "));
        parts.add(new SqlTemplate.Verbatim(to, reading.source().substring(to)));
        parts.add(new Inserted(reading.source().length(), ")"));
        return with(source, parts);
    }

    private FailureException unsupportedInPivot(String what, int offset) {
        return tokens.draft()
                .failure(Code.UNSUPPORTED, what + " cannot stand in a PIVOT: put it into a query around it", offset);
    }

    private static Statement.Query wrap(Statement.Query query, int origin, String word) {
        var parts = new ArrayList<Part>();
        parts.add(new Inserted(origin, "SELECT * FROM (" + word));
        parts.addAll(query.sql().parts());
        parts.add(new Inserted(origin, ")"));
        return with(query, parts);
    }

    private static Statement.Query with(Statement.Query query, List<Part> parts) {
        return new Statement.Query(
                new SqlTemplate(query.sql().source(), parts), query.scans(), query.functions(), query.parameters());
    }

    private Statement.Query plan(Draft draft) {
        return reading.queries().plan(draft, reading.context(), OptionalInt.empty());
    }
}
