package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import java.util.Locale;
import java.util.Optional;

/** Reads a constant as {@code FieldDefaults} keeps one: a text that casts to its column's type. */
final class LiteralReader {
    private final Tokens tokens;

    LiteralReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Empty for NULL. */
    Optional<String> read() {
        if (tokens.accept("NULL")) {
            return Optional.empty();
        }
        var token = tokens.peek();
        if (token.is("TRUE") || token.is("FALSE")) {
            return Optional.of(tokens.take().value().toLowerCase(Locale.ROOT));
        }
        if (token.kind() == Token.Kind.NUMBER || token.isSymbol('-') || token.isSymbol('+')) {
            return Optional.of(number());
        }
        if (token.kind() == Token.Kind.WORD) {
            typeName();
        }
        return Optional.of(string());
    }

    private String number() {
        var sign = tokens.acceptSymbol('-') ? "-" : "";
        if (sign.isEmpty()) {
            tokens.acceptSymbol('+');
        }
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            throw refused();
        }
        return sign + tokens.take().value().replace("_", "");
    }

    /** The word before a string that says its type, as in {@code DATE '2026-01-31'}. */
    private void typeName() {
        if (tokens.at("TIMESTAMP", "WITH", "TIME", "ZONE") && tokens.peek(4).isString()) {
            tokens.accept("TIMESTAMP", "WITH", "TIME", "ZONE");
        } else if (tokens.peek(1).isString()) {
            tokens.take();
        }
    }

    private String string() {
        var token = tokens.peek();
        if (!token.isString()) {
            throw refused();
        }
        var first = Character.toLowerCase(tokens.draft().text().charAt(token.start()));
        if (first == 'e') {
            throw refused();
        }
        var value = tokens.take().value();
        return first == 'x' ? value.replaceAll("..", "\\\\x$0") : value;
    }

    private FailureException refused() {
        return tokens.draft()
                .failure(
                        Code.UNSUPPORTED,
                        "A default value is a constant such as 0, 'text' or DATE '2026-01-31', but not "
                                + tokens.peek().shown(),
                        tokens.peek().start());
    }
}
