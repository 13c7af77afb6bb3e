package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.ColumnPath;
import dev.sluice.core.FieldDefaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads definitions of columns, and the ways to columns. */
final class ColumnReader {
    private final Tokens tokens;

    ColumnReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Columns in brackets. */
    List<Field> columns() {
        var columns = new ArrayList<Field>();
        tokens.expectSymbol('(');
        do {
            refuseTableConstraint();
            var token = tokens.peek();
            var name = tokens.name("the name of a column");
            if (columns.stream().anyMatch(column -> column.getName().equalsIgnoreCase(name))) {
                throw tokens.draft()
                        .failure(Code.AMBIGUOUS_NAME, "Column '" + name + "' is named twice", token.start());
            }
            columns.add(column(name));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(columns);
    }

    void refuseTableConstraint() {
        for (var constraint : List.of("PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT")) {
            if (tokens.at(constraint, "KEY")
                    || (tokens.at(constraint) && tokens.peek(1).isSymbol('('))) {
                throw tokens.draft()
                        .failure(
                                Code.UNSUPPORTED,
                                "Constraints are not supported",
                                tokens.peek().start());
            }
        }
    }

    /** A type with {@code [NOT] NULL}, {@code DEFAULT} and {@code COMMENT}. */
    Field column(String name) {
        var type = new TypeReader(tokens).field(name);
        var nullable = true;
        var comment = Optional.<String>empty();
        var value = Optional.<String>empty();
        while (true) {
            if (tokens.accept("NOT", "NULL")) {
                nullable = false;
            } else if (tokens.accept("COMMENT")) {
                comment = Optional.of(tokens.string("a comment"));
            } else if (tokens.accept("DEFAULT")) {
                value = new LiteralReader(tokens).read();
            } else if (!tokens.accept("NULL")) {
                refuseConstraint();
                var column = column(type, nullable, comment);
                return value.map(text -> FieldDefaults.withWrite(FieldDefaults.withInitial(column, text), text))
                        .orElse(column);
            }
        }
    }

    private static Field column(Field type, boolean nullable, Optional<String> comment) {
        var metadata = new HashMap<>(type.getMetadata());
        comment.ifPresent(text -> metadata.put("comment", text));
        return new Field(
                type.getName(),
                new FieldType(nullable, type.getType(), type.getDictionary(), metadata),
                type.getChildren());
    }

    private void refuseConstraint() {
        for (var word : List.of("PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "GENERATED", "COLLATE")) {
            if (tokens.at(word)) {
                var message = word + " is not supported in the definition of a column";
                throw tokens.draft()
                        .failure(Code.UNSUPPORTED, message, tokens.peek().start());
            }
        }
    }

    /** A column's name, or names with dots to a field within one. */
    ColumnPath path() {
        var start = tokens.peek().start();
        var names = new ArrayList<String>();
        do {
            names.add(tokens.name("the name of a column"));
        } while (tokens.acceptSymbol('.'));
        return new ColumnPath(names, tokens.draft().position(start));
    }
}
