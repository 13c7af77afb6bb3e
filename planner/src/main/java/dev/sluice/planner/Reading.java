package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.planner.TimeTravel.Destination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** One statement being read: its tokens, and what reading it needs. Confined to one thread. */
record Reading(Tokens tokens, PlanContext context, QueryPlanner queries) {

    String source() {
        return tokens.draft().source();
    }

    QualifiedName qualifiedName(String what) {
        var start = tokens.peek().start();
        var path = new ArrayList<String>();
        do {
            path.add(tokens.name(what));
        } while (tokens.acceptSymbol('.'));
        return TableResolver.name(path, context.defaultSchema()).orElseThrow(() -> {
            var message = "Invalid name '" + String.join(".", path) + "': expected name or schema.name";
            return tokens.draft().failure(Code.INVALID_STATEMENT, message, start);
        });
    }

    /** The name of a schema, with or without the catalog's. */
    String schemaName() {
        var first = tokens.name("the name of a schema");
        return tokens.acceptSymbol('.') ? tokens.name("the name of a schema") : first;
    }

    /** A table that is written to: of the session's branch or of another one. */
    TableRef target() {
        var start = tokens.peek().start();
        var name = qualifiedName("the name of a table");
        return table(name, branch(), tokens.draft().position(start));
    }

    /** AT BRANCH, or nothing. */
    Optional<Destination> branch() {
        var destination = TimeTravel.read(tokens);
        destination.filter(place -> !isBranch(place)).ifPresent(place -> {
            throw tokens.draft().failure(Code.INVALID_STATEMENT, "Only a branch can be written to", place.start());
        });
        return destination;
    }

    /** A table that is read. */
    TableRef table() {
        var start = tokens.peek().start();
        var name = qualifiedName("the name of a table");
        return table(name, TimeTravel.read(tokens), tokens.draft().position(start));
    }

    private static boolean isBranch(Destination destination) {
        return destination.ref().map(Ref.Branch.class::isInstance).orElse(false);
    }

    static TableRef table(QualifiedName name, Optional<Destination> destination, Position position) {
        return new TableRef(
                name,
                destination.flatMap(Destination::ref),
                destination.flatMap(Destination::asOf),
                destination.map(Destination::snapshotId).orElse(OptionalLong.empty()),
                position);
    }

    /** The columns of a table that must exist. */
    Schema schema(TableRef table) {
        return TableResolver.find(table, context).orElseThrow(() -> {
            context.views().find(table).ifPresent(view -> {
                var message = "'" + view.name() + "' is a view, whose rows are those of its query: write to its tables";
                throw new Failure.Invalid(Code.INVALID_STATEMENT, message, Optional.of(table.position())).exception();
            });
            var message = "Table '" + table.name() + "' does not exist";
            return new Failure.NotFound(Code.TABLE_NOT_FOUND, message, Optional.of(table.position())).exception();
        });
    }

    /** A column of the schema, in its case there. */
    String column(Schema schema, TableRef table, Collection<String> taken) {
        var token = tokens.peek();
        var name = tokens.name("the name of a column");
        var column = schema.getFields().stream()
                .map(Field::getName)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> tokens.draft()
                        .notFound(
                                Code.COLUMN_NOT_FOUND,
                                "Column '" + name + "' does not exist in table '" + table.name() + "'",
                                token.start()));
        if (taken.contains(column)) {
            throw tokens.draft().failure(Code.AMBIGUOUS_NAME, "Column '" + name + "' is named twice", token.start());
        }
        return column;
    }

    /** Columns of the schema, in brackets. */
    List<String> columns(Schema schema, TableRef table) {
        var columns = new ArrayList<String>();
        tokens.expectSymbol('(');
        do {
            columns.add(column(schema, table, columns));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(columns);
    }

    /** The column that an assignment of SET is for. */
    String assigned(Schema schema, TableRef table, String alias, Collection<String> taken) {
        if (tokens.atSymbol('(')) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "SET (a, b) = … is not supported: set each column",
                            tokens.peek().start());
        }
        if (tokens.peek(1).isSymbol('.') && tokens.peek().value().equalsIgnoreCase(alias)) {
            tokens.take();
            tokens.take();
        }
        return column(schema, table, taken);
    }

    /** An expression up to a comma, a closing bracket or one of the words. */
    Span expression(String what, String... next) {
        var from = tokens.peek().start();
        tokens.skipExpression(next);
        if (tokens.peek().start() == from) {
            throw tokens.expected(what);
        }
        return new Span(from, tokens.last().end());
    }

    /** All that follows, as a query. */
    Statement.Query query() {
        var from = tokens.peek().start();
        if (tokens.atEnd()) {
            throw tokens.expected("a query");
        }
        tokens.skipToEnd();
        return queries.plan(
                Draft.from(source()).verbatim(from, source().length()).build(), context, OptionalInt.empty());
    }

    boolean ifNotExists() {
        return tokens.accept("IF", "NOT", "EXISTS");
    }

    boolean ifExists() {
        return tokens.accept("IF", "EXISTS");
    }
}
