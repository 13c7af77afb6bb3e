package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.planner.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the text of a statement into a {@link Statement}. Thread-safe. */
public final class Planner {
    private static final int MAX_LENGTH = 10_000_000;

    private final QueryPlanner queries;

    /**
     * @param second reads what our grammar cannot
     * @param engineFunctions names of DuckDB's own functions, in lower case: a user's function of such a name is called
     *     by its schema
     */
    public Planner(SecondParser second, Set<String> engineFunctions) {
        this.queries = new QueryPlanner(second, engineFunctions);
    }

    /** The statements of a script, in order; empty ones are dropped. */
    public List<ScriptPart> split(String script) {
        checkLength(script);
        var parts = new ArrayList<ScriptPart>();
        var depth = 0;
        var start = -1;
        var end = 0;
        for (var token : Tokenizer.read(Draft.of(script)).tokens()) {
            if (token.kind() == Kind.END || (depth == 0 && token.isSymbol(';'))) {
                if (start >= 0) {
                    parts.add(new ScriptPart(script.substring(start, end), start));
                }
                start = -1;
                continue;
            }
            depth = Math.max(0, depth + change(token));
            start = start < 0 ? token.start() : start;
            end = token.end();
        }
        return List.copyOf(parts);
    }

    private static int change(Token token) {
        if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
            return 1;
        }
        return token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}') ? -1 : 0;
    }

    /** Reads, checks and plans one statement; fails with what is wrong with it, and where. */
    public Statement plan(String sql, PlanContext context) {
        checkLength(sql);
        try {
            var draft = Draft.of(withoutLastSemicolon(sql));
            var tokens = new Tokens(draft, Tokenizer.read(draft).tokens());
            return new StatementReader(new Reading(tokens, context, queries)).read();
        } catch (StackOverflowError e) {
            var failure = new Failure.Invalid(
                    Code.LIMIT_EXCEEDED, "The statement nests too deeply to be read", Optional.empty());
            throw new FailureException(failure, e);
        }
    }

    /**
     * Plans a few queries for some two seconds, so that the classes behind are loaded and compiled before the first
     * client waits for them.
     */
    public void warmUp() {
        WarmUp.run(this);
    }

    private static String withoutLastSemicolon(String sql) {
        var tokens = Tokenizer.read(Draft.of(sql)).tokens();
        var last = tokens.size() - 2;
        while (last >= 0 && tokens.get(last).isSymbol(';')) {
            last--;
        }
        return last < 0 ? "" : sql.substring(0, tokens.get(last).end());
    }

    private static void checkLength(String sql) {
        if (sql.length() > MAX_LENGTH) {
            var message = "The text has " + sql.length() + " characters, and at most " + MAX_LENGTH + " are read";
            throw new Failure.Invalid(Code.LIMIT_EXCEEDED, message, Optional.empty()).exception();
        }
    }
}
