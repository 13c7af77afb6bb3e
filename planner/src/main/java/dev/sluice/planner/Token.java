package dev.sluice.planner;

/**
 * A word, literal or sign of SQL.
 *
 * @param start its first character in the text, from 0
 * @param end the character after its last
 * @param value what it says: of a quoted one, what is between the quotes
 */
record Token(Kind kind, int start, int end, String value) {
    enum Kind {
        WORD,
        /** An identifier in double quotes. */
        QUOTED,
        STRING,
        /** A string that only DuckDB reads right: {@code E'…'}, {@code x'…'} or in dollars. */
        SPECIAL_STRING,
        NUMBER,
        /** The sign {@code ?}. */
        PARAMETER,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return kind == Kind.WORD && value.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && value.charAt(0) == symbol;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    boolean isString() {
        return kind == Kind.STRING || kind == Kind.SPECIAL_STRING;
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case WORD, NUMBER, SYMBOL, PARAMETER -> "'" + value + "'";
            case QUOTED -> "\"" + value + "\"";
            case STRING, SPECIAL_STRING -> "a string";
            case END -> "the end of the statement";
        };
    }
}
