package dev.sluice.planner;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads properties in brackets. */
final class PropertyReader {
    private final Tokens tokens;

    PropertyReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Keys with values. */
    Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        tokens.expectSymbol('(');
        do {
            var key = key();
            tokens.expectSymbol('=');
            properties.put(key, value());
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return properties;
    }

    /** Keys alone. */
    Set<String> keys() {
        var keys = new LinkedHashSet<String>();
        tokens.expectSymbol('(');
        do {
            keys.add(key());
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return keys;
    }

    private String key() {
        if (tokens.peek().isString()) {
            return tokens.string("a property");
        }
        var key = new StringBuilder(tokens.name("a property"));
        while (tokens.acceptSymbol('.')) {
            key.append('.').append(tokens.name("a property"));
        }
        return key.toString();
    }

    private String value() {
        var token = tokens.peek();
        return token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.WORD
                ? tokens.take().value()
                : tokens.string("a value");
    }
}
