package dev.sluice.cli;

/**
 * A piece of SQL text.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 * @param closed false where the text ends before the quote or comment does
 */
record Token(Kind kind, int start, int end, boolean closed) {

    /** What a piece is. */
    enum Kind {
        SPACE,
        COMMENT,
        WORD,
        NUMBER,
        STRING,
        QUOTED_NAME,
        SEMICOLON,
        SYMBOL;

        /** Whether a statement can do without it. */
        boolean isFiller() {
            return this == SPACE || this == COMMENT;
        }
    }

    String in(String text) {
        return text.substring(start, end);
    }
}
