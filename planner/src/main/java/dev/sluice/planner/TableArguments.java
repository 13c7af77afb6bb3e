package dev.sluice.planner;

import dev.sluice.core.FunctionKind;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code TABLE t} and {@code TABLE (query)} as arguments of users' table functions: cut out, to be planned as queries
 * of their own, and hidden from the parsers, which know none of them, behind a number.
 */
final class TableArguments {
    private static final String STAND_IN = "0";

    private final Draft draft;
    private final List<Token> tokens;
    private final PlanContext context;
    private final StringBuilder text;
    private final List<Argument> arguments = new ArrayList<>();

    private TableArguments(Draft draft, PlanContext context) {
        this.draft = draft;
        this.tokens = Tokenizer.read(draft).tokens();
        this.context = context;
        this.text = new StringBuilder(draft.text());
    }

    /** What is left, with as many characters as there were. */
    record Hidden(Draft draft, List<Argument> arguments) {}

    /** An argument that stood from {@code start} to {@code end}, as a query. */
    record Argument(int start, int end, Draft query) {}

    static Hidden hide(Draft draft, PlanContext context) {
        return new TableArguments(draft, context).hide();
    }

    private Hidden hide() {
        for (var i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol('(') && isTableFunction(i - 1)) {
                i = hideArguments(i);
            }
        }
        var left = text.toString();
        return new Hidden(
                arguments.isEmpty() ? draft : new Draft(draft.source(), left, draft.slice(left, 0, left.length())),
                List.copyOf(arguments));
    }

    /** Whether a call of a user's table function that takes tables has its name up to the token {@code last}. */
    private boolean isTableFunction(int last) {
        if (!tokens.get(last).isName() || !takesTable(last + 1)) {
            return false;
        }
        var path = new ArrayList<String>();
        for (var i = last; i >= 0 && tokens.get(i).isName(); i -= 2) {
            path.addFirst(tokens.get(i).value());
            if (i < 2 || !tokens.get(i - 1).isSymbol('.')) {
                break;
            }
        }
        return TableResolver.name(path, context.defaultSchema())
                .flatMap(context.functions()::find)
                .filter(FunctionKind.TABLE::equals)
                .isPresent();
    }

    private boolean takesTable(int open) {
        for (var i = open; i < closing(open); i = next(i + 1)) {
            if (tokens.get(i + 1).is("TABLE")) {
                return true;
            }
        }
        return false;
    }

    /** Hides those of the arguments after the bracket {@code open} that are tables; gives the last token of them. */
    private int hideArguments(int open) {
        var end = closing(open);
        for (var i = open; i < end; i = next(i + 1)) {
            if (tokens.get(i + 1).is("TABLE")) {
                hide(i + 1, next(i + 1));
            }
        }
        return end;
    }

    /** Hides the argument from the token {@code first}, TABLE, to before {@code end}. */
    private void hide(int first, int end) {
        var start = tokens.get(first).start();
        var stop = tokens.get(end - 1).end();
        arguments.add(new Argument(start, stop, query(first, end)));
        text.replace(start, stop, STAND_IN + " ".repeat(stop - start - STAND_IN.length()));
    }

    private Draft query(int first, int end) {
        var bracket = first + 1;
        if (bracket == end) {
            throw draft.syntax(
                    "TABLE is followed by the name of a table or a query in brackets",
                    tokens.get(first).start());
        }
        var isQuery = tokens.get(bracket).isSymbol('(');
        if (isQuery && closing(bracket) != end - 1) {
            throw draft.syntax(
                    "A comma or a bracket follows TABLE (…)",
                    tokens.get(closing(bracket)).end());
        }
        var parts = new ArrayList<Part>();
        if (!isQuery) {
            parts.add(new Inserted(draft.origin(tokens.get(first).start()), "SELECT * FROM "));
        }
        var from = isQuery ? tokens.get(bracket).end() : tokens.get(bracket).start();
        var to = isQuery ? tokens.get(end - 1).start() : tokens.get(end - 1).end();
        parts.addAll(draft.slice(draft.text(), from, to));
        var query = (isQuery ? "" : "SELECT * FROM ") + draft.text().substring(from, to);
        return new Draft(draft.source(), query, parts);
    }

    /** The comma or closing bracket that ends the argument that begins at the token {@code first}. */
    private int next(int first) {
        var depth = 0;
        for (var i = first; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (depth == 0 && (token.isSymbol(',') || token.isSymbol(')'))) {
                return i;
            }
            depth += depth(token);
        }
        return tokens.size();
    }

    /** The bracket that closes the one at {@code open}. */
    private int closing(int open) {
        var depth = 0;
        for (var i = open; i < tokens.size(); i++) {
            depth += depth(tokens.get(i));
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    private static int depth(Token token) {
        if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
            return 1;
        }
        return token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}') ? -1 : 0;
    }
}
