package dev.sluice.planner;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.planner.Token.Kind;
import java.util.List;
import java.util.stream.IntStream;

/** A place in a statement's tokens, moved forward as the statement is read. Confined to one thread. */
final class Tokens {
    private final Draft draft;
    private final List<Token> tokens;
    private int next;

    Tokens(Draft draft, List<Token> tokens) {
        this.draft = draft;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The token {@code ahead} of the next one. */
    Token peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    @CanIgnoreReturnValue
    Token take() {
        var token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    /** The token that was taken last. */
    Token last() {
        return tokens.get(next - 1);
    }

    boolean at(String... words) {
        return IntStream.range(0, words.length).allMatch(i -> peek(i).is(words[i]));
    }

    boolean atSymbol(char symbol) {
        return peek().isSymbol(symbol);
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    /** Reads the words if they come next. */
    @CanIgnoreReturnValue
    boolean accept(String... words) {
        var found = at(words);
        if (found) {
            next += words.length;
        }
        return found;
    }

    @CanIgnoreReturnValue
    boolean acceptSymbol(char symbol) {
        var found = atSymbol(symbol);
        if (found) {
            next++;
        }
        return found;
    }

    void expect(String... words) {
        for (var word : words) {
            if (!accept(word)) {
                throw expected(word);
            }
        }
    }

    @CanIgnoreReturnValue
    Token expectSymbol(char symbol) {
        if (!atSymbol(symbol)) {
            throw expected("'" + symbol + "'");
        }
        return take();
    }

    /** Fails where the word comes next. */
    void refuse(String word, String message) {
        if (at(word)) {
            throw draft.failure(Code.UNSUPPORTED, message, peek().start());
        }
    }

    void expectEnd() {
        if (atSymbol(';')) {
            throw draft.syntax("One statement at a time: this text has more after ';'", peek().start());
        }
        if (!atEnd()) {
            throw expected("the end of the statement");
        }
    }

    /** An identifier, as written but for its quotes. */
    String name(String what) {
        if (!peek().isName() || peek().value().isEmpty()) {
            throw expected(what);
        }
        return take().value();
    }

    String string(String what) {
        if (!peek().isString()) {
            throw expected(what + " in quotes");
        }
        return take().value();
    }

    /** A whole number of at least {@code min}. */
    int number(String what, int min) {
        var token = peek();
        try {
            var value =
                    token.kind() == Kind.NUMBER ? Integer.parseInt(token.value().replace("_", "")) : min - 1;
            if (value >= min) {
                take();
                return value;
            }
        } catch (NumberFormatException e) {
            throw draft.failure(
                    Code.INVALID_VALUE, "The " + what + " " + token.value() + " is no whole number", token.start());
        }
        throw expected("a " + what + " of at least " + min);
    }

    /** Moves past all that a parser of its own reads. */
    void skipToEnd() {
        next = tokens.size() - 1;
    }

    /** Moves past everything up to a comma, a closing bracket or one of the words, outside of brackets and of CASE. */
    void skipExpression(String... enders) {
        var depth = 0;
        var cases = 0;
        while (!atEnd()) {
            var token = peek();
            if (token.is("CASE")) {
                cases++;
            } else if (token.is("END") && cases > 0) {
                cases--;
            } else if (token.kind() == Kind.SYMBOL) {
                switch (token.value().charAt(0)) {
                    case '(', '[', '{' -> depth++;
                    case ')', ']', '}' -> depth--;
                    default -> {}
                }
                if (depth < 0 || (depth == 0 && token.isSymbol(','))) {
                    return;
                }
            } else if (depth == 0 && cases == 0 && endsAt(token, enders)) {
                return;
            }
            take();
        }
    }

    private boolean endsAt(Token token, String... enders) {
        for (var ender : enders) {
            // IS [NOT] DISTINCT FROM is an operator.
            if (token.is(ender) && !(next > 0 && tokens.get(next - 1).is("DISTINCT") && token.is("FROM"))) {
                return true;
            }
        }
        return false;
    }

    FailureException expected(String what) {
        return draft.syntax("Expected " + what + " but found " + peek().shown(), peek().start());
    }

    Draft draft() {
        return draft;
    }
}
