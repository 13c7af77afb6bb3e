package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.planner.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts SQL into tokens as DuckDB does, so that the parsers behind it cannot disagree about where a string, a quoted
 * name or a comment ends. Confined to one thread.
 */
final class Tokenizer {
    private static final int MAX_DEPTH = 500;

    private final Draft draft;
    private final String text;
    private final StringBuilder blanked;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    private Tokenizer(Draft draft) {
        this.draft = draft;
        this.text = draft.text();
        this.blanked = new StringBuilder(text);
    }

    /**
     * A text's tokens; the last is {@link Kind#END}.
     *
     * @param sql the text with spaces in place of comments
     */
    record Lexed(String sql, List<Token> tokens) {}

    static Lexed read(Draft draft) {
        var tokenizer = new Tokenizer(draft);
        while (tokenizer.skipBlanks()) {
            tokenizer.next();
        }
        tokenizer.add(Kind.END, tokenizer.at, "");
        return new Lexed(tokenizer.blanked.toString(), List.copyOf(tokenizer.tokens));
    }

    /** Replaces all but line ends by spaces. */
    static void blank(StringBuilder text, int from, int to) {
        for (var i = from; i < to; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                text.setCharAt(i, ' ');
            }
        }
    }

    private boolean skipBlanks() {
        while (at < text.length()) {
            var start = at;
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                blank(blanked, start, at);
            } else if (text.startsWith("/*", at)) {
                skipComment();
                blank(blanked, start, at);
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() {
        var start = at;
        var depth = 0;
        do {
            if (at + 1 >= text.length()) {
                throw draft.syntax("Unterminated comment: expected */", start);
            }
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private void next() {
        var c = text.charAt(at);
        if (c == '\'') {
            quoted(at, '\'', Kind.STRING);
        } else if (c == '"') {
            quoted(at, '"', Kind.QUOTED);
        } else if ((c == 'e' || c == 'E') && charAt(at + 1) == '\'') {
            escaped();
        } else if ((c == 'x' || c == 'X') && charAt(at + 1) == '\'') {
            quoted(at++, '\'', Kind.SPECIAL_STRING);
        } else if (c == '$') {
            dollars();
        } else if (isWordStart(c)) {
            var start = at;
            while (isWordPart(charAt(at))) {
                at++;
            }
            add(Kind.WORD, start, text.substring(start, at));
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
            number();
        } else {
            symbol(c);
        }
    }

    private void quoted(int start, char quote, Kind kind) {
        var value = new StringBuilder();
        at++;
        while (true) {
            var end = text.indexOf(quote, at);
            if (end < 0) {
                var what = quote == '"' ? "quoted name" : "string";
                throw draft.syntax("Unterminated " + what + ": expected " + quote, start);
            }
            value.append(text, at, end);
            at = end + 1;
            if (charAt(at) != quote) {
                add(kind, start, value.toString());
                return;
            }
            value.append(quote);
            at++;
        }
    }

    private void escaped() {
        var start = at;
        at += 2;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '\\' || (c == '\'' && charAt(at + 1) == '\'')) {
                at += 2;
            } else if (c == '\'') {
                at++;
                add(Kind.SPECIAL_STRING, start, text.substring(start + 2, at - 1));
                return;
            } else {
                at++;
            }
        }
        throw draft.syntax("Unterminated string: expected '", start);
    }

    private void dollars() {
        var start = at;
        var tagEnd = at + 1;
        while (isWordPart(charAt(tagEnd)) && charAt(tagEnd) != '$') {
            tagEnd++;
        }
        if (charAt(tagEnd) != '$' || isDigit(charAt(start + 1))) {
            throw namedParameter();
        }
        var tag = text.substring(start, tagEnd + 1);
        var end = text.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw draft.syntax("Unterminated string: expected " + tag, start);
        }
        at = end + tag.length();
        add(Kind.SPECIAL_STRING, start, text.substring(tagEnd + 1, end));
    }

    private void number() {
        var start = at;
        while (true) {
            var c = charAt(at);
            var sign = (c == '+' || c == '-') && Character.toLowerCase(text.charAt(at - 1)) == 'e' && at > start;
            var hexadecimal = Character.toLowerCase(charAt(start + 1)) == 'x';
            if (!(isDigit(c) || c == '_' || c == '.' || Character.isLetter(c) || (sign && !hexadecimal))) {
                break;
            }
            at++;
        }
        add(Kind.NUMBER, start, text.substring(start, at));
    }

    private void symbol(char c) {
        switch (c) {
            case '(', '[', '{' -> {
                open.push(c);
                if (open.size() > MAX_DEPTH) {
                    throw draft.failure(Code.LIMIT_EXCEEDED, "Brackets nest deeper than " + MAX_DEPTH, at);
                }
            }
            case ')', ']', '}' -> open.poll();
            default -> {}
        }
        at++;
        if (c == '?' && isDigit(charAt(at))) {
            throw namedParameter();
        }
        add(c == '?' ? Kind.PARAMETER : Kind.SYMBOL, at - 1, String.valueOf(c));
    }

    private FailureException namedParameter() {
        return draft.failure(Code.UNSUPPORTED, "Parameters are written ? and have neither names nor numbers", at);
    }

    private void add(Kind kind, int start, String value) {
        tokens.add(new Token(kind, start, at, value));
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
