package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Cuts SQL text into tokens that together are the whole text, so far as is needed to tell where a statement ends and
 * how to colour it. Never fails: what is not closed reaches to the end.
 */
final class SqlLexer {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        var lexer = new SqlLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        var start = at;
        var c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            skip(Character::isWhitespace);
            add(Token.Kind.SPACE, start);
        } else if (text.startsWith("--", at)) {
            skip(other -> other != '\n');
            add(Token.Kind.COMMENT, start);
        } else if (text.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            quoted(Token.Kind.STRING, start, c, false);
        } else if (c == '"') {
            quoted(Token.Kind.QUOTED_NAME, start, c, false);
        } else if ((c == 'e' || c == 'E') && text.startsWith("'", at + 1)) {
            at++;
            quoted(Token.Kind.STRING, start, '\'', true);
        } else if (isWordStart(c)) {
            skip(SqlLexer::isWordPart);
            add(Token.Kind.WORD, start);
        } else if (isDigit(c)) {
            skip(other -> isWordPart(other) || other == '.');
            add(Token.Kind.NUMBER, start);
        } else if (c == '$' && dollarTag() > 0) {
            dollarQuoted(start);
        } else {
            at++;
            add(c == ';' ? Token.Kind.SEMICOLON : Token.Kind.SYMBOL, start);
        }
    }

    private void skip(IntPredicate while_) {
        while (at < text.length() && while_.test(text.charAt(at))) {
            at++;
        }
    }

    private void quoted(Token.Kind kind, int start, char quote, boolean backslashEscapes) {
        at++;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '\\' && backslashEscapes) {
                at = Math.min(at + 2, text.length());
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                at++;
                add(kind, start);
                return;
            }
        }
        tokens.add(new Token(kind, start, at, false));
    }

    /** Block comments nest, as in PostgreSQL and DuckDB. */
    private void blockComment() {
        var start = at;
        var depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        tokens.add(new Token(Token.Kind.COMMENT, start, at, depth == 0));
    }

    /** The length of {@code $$} or {@code $tag$} here, or 0; {@code $1} is a parameter. */
    private int dollarTag() {
        var end = at + 1;
        if (end < text.length() && isDigit(text.charAt(end))) {
            return 0;
        }
        while (end < text.length() && isWordPart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        return end < text.length() && text.charAt(end) == '$' ? end + 1 - at : 0;
    }

    private void dollarQuoted(int start) {
        var tag = text.substring(at, at + dollarTag());
        var close = text.indexOf(tag, at + tag.length());
        at = close < 0 ? text.length() : close + tag.length();
        tokens.add(new Token(Token.Kind.STRING, start, at, close >= 0));
    }

    private void add(Token.Kind kind, int start) {
        tokens.add(new Token(kind, start, at, true));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(int c) {
        return Character.isLetter(c) || Character.isSurrogate((char) c) || c == '_';
    }

    private static boolean isWordPart(int c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
