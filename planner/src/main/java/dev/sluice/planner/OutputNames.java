package dev.sluice.planner;

import dev.sluice.planner.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Names for the expressions of select lists that have none. DuckDB names such a column after its text, in which a
 * table's files and a function's inner name would stand: the client's own words go there instead. Where it cannot be
 * told whether an expression has a name, it is left as it is.
 */
final class OutputNames {
    private static final Set<String> CLAUSES = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "WINDOW",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "USING",
            "SELECT");

    private final String sql;
    private final List<Token> tokens;
    private final IntPredicate holes;

    /** @param holes whether something is put in the place of the token that begins at a character */
    OutputNames(Tokenizer.Lexed lexed, IntPredicate holes) {
        this.sql = lexed.sql();
        this.tokens = lexed.tokens();
        this.holes = holes;
    }

    /**
     * A name to give.
     *
     * @param end where its expression ends
     */
    record Name(int end, String name) {}

    List<Name> find() {
        var names = new ArrayList<Name>();
        for (var i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("SELECT")) {
                addItems(i + 1, names);
            }
        }
        return names;
    }

    private void addItems(int first, List<Name> names) {
        var begin = afterQuantifier(first);
        var depth = 0;
        for (var i = begin; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() == Kind.END || (depth == 0 && endsItem(token))) {
                addItem(begin, i, names);
                if (!token.isSymbol(',')) {
                    return;
                }
                begin = i + 1;
            } else if (isOpening(token)) {
                depth++;
            } else if (isClosing(token)) {
                depth--;
            }
        }
    }

    private static boolean endsItem(Token token) {
        return token.isSymbol(',') || isClosing(token) || CLAUSES.stream().anyMatch(token::is);
    }

    private int afterQuantifier(int first) {
        if (first < tokens.size()
                && (tokens.get(first).is("DISTINCT") || tokens.get(first).is("ALL"))) {
            return first + 1;
        }
        return first;
    }

    private void addItem(int begin, int end, List<Name> names) {
        if (begin >= end || tokens.subList(begin, end).stream().noneMatch(t -> holes.test(t.start()))) {
            return;
        }
        if (isUnnamedExpression(begin, end)) {
            var from = tokens.get(begin).start();
            var to = tokens.get(end - 1).end();
            names.add(new Name(to, sql.substring(from, to).strip().replaceAll("\\s+", " ")));
        }
    }

    /** Whether the item ends with what is no name, and has none before. */
    private boolean isUnnamedExpression(int begin, int end) {
        var last = tokens.get(end - 1);
        var constant = last.kind() == Kind.NUMBER || last.kind() == Kind.PARAMETER;
        return (last.isSymbol(')') || constant) && !tokens.get(begin).is("ON") && !hasDepthZero(begin, end, "AS");
    }

    private boolean hasDepthZero(int begin, int end, String word) {
        var depth = 0;
        for (var token : tokens.subList(begin, end)) {
            if (isOpening(token)) {
                depth++;
            } else if (isClosing(token)) {
                depth--;
            } else if (depth == 0 && (token.is(word) || token.isSymbol(':'))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOpening(Token token) {
        return token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{');
    }

    private static boolean isClosing(Token token) {
        return token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}');
    }
}
