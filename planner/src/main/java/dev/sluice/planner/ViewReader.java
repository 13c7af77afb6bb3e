package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.planner.Statement.Existing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads CREATE, ALTER and DROP VIEW. */
final class ViewReader {
    private final Reading reading;
    private final Tokens tokens;

    ViewReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement create(Existing existing) {
        var view = reading.target();
        var columns = tokens.atSymbol('(') ? columns() : List.<ViewChange.Column>of();
        var properties = new LinkedHashMap<String, String>();
        while (!tokens.accept("AS")) {
            if (tokens.accept("COMMENT")) {
                properties.put("comment", tokens.string("a comment"));
            } else if (tokens.accept("TBLPROPERTIES")) {
                properties.putAll(new PropertyReader(tokens).properties());
            } else {
                throw tokens.expected("AS");
            }
        }
        return new Statement.ChangeView(view, new ViewChange.Create(existing, columns, properties, query(view)));
    }

    private List<ViewChange.Column> columns() {
        var columns = new ArrayList<ViewChange.Column>();
        tokens.expectSymbol('(');
        do {
            var token = tokens.peek();
            var name = tokens.name("the name of a column");
            if (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw tokens.draft()
                        .failure(Code.AMBIGUOUS_NAME, "Column '" + name + "' is named twice", token.start());
            }
            var comment = tokens.accept("COMMENT") ? Optional.of(tokens.string("a comment")) : Optional.<String>empty();
            columns.add(new ViewChange.Column(name, comment));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(columns);
    }

    /** The rest of the statement; the view may not be found in it. */
    private ViewChange.Query query(TableRef view) {
        var start = tokens.peek().start();
        var context = reading.context();
        var within = new PlanContext(
                context.defaultSchema(),
                context.now(),
                context.tables(),
                context.functions(),
                new ViewExpander.Open(context.views(), List.of(view.name()), Optional.empty()));
        var queries = new QueryReader(new Reading(tokens, within, reading.queries()));
        if (!queries.isNext()) {
            throw tokens.expected("a query");
        }
        var query = queries.read();
        if (query.parameters() > 0) {
            throw tokens.draft().failure(Code.INVALID_STATEMENT, "The query of a view has no parameters", start);
        }
        var text = reading.source().substring(start).strip();
        return new ViewChange.Query(text, context.defaultSchema(), query);
    }

    Statement alter() {
        var ifExists = reading.ifExists();
        var view = reading.target();
        return new Statement.ChangeView(view, change(view, ifExists));
    }

    private ViewChange change(TableRef view, boolean ifExists) {
        if (tokens.accept("RENAME", "TO")) {
            return new ViewChange.Rename(new AlterReader(reading).newName(view), ifExists);
        }
        if (tokens.accept("SET", "TBLPROPERTIES")) {
            return new ViewChange.SetProperties(new PropertyReader(tokens).properties(), Set.of(), ifExists);
        }
        if (tokens.accept("UNSET", "TBLPROPERTIES")) {
            return new ViewChange.SetProperties(Map.of(), new PropertyReader(tokens).keys(), ifExists);
        }
        if (tokens.accept("AS")) {
            return new ViewChange.SetQuery(query(view), ifExists);
        }
        throw tokens.expected("AS, RENAME TO, SET TBLPROPERTIES or UNSET TBLPROPERTIES");
    }

    Statement drop() {
        var ifExists = reading.ifExists();
        return new Statement.ChangeView(reading.target(), new ViewChange.Drop(ifExists));
    }
}
