package dev.sluice.cli;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;

/**
 * What is being typed, for the line editor: the word at the cursor is what completion goes by.
 *
 * @param wordStart where that word begins
 */
record TypedLine(String line, int cursor, int wordStart) implements CompletingParsedLine {

    /** Reads a line; Enter goes to a new one until the statement has its semicolon. */
    static final Parser PARSER = (text, cursor, context) -> {
        if (context == Parser.ParseContext.ACCEPT_LINE && !isFinished(text)) {
            throw new EOFError(-1, cursor, "The statement has no semicolon yet");
        }
        return new TypedLine(text, cursor, wordStart(text, cursor));
    };

    private static boolean isFinished(String text) {
        return MetaCommand.isOne(text) || SqlScript.of("", text).complete();
    }

    private static int wordStart(String text, int cursor) {
        var start = cursor;
        while (start > 0 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\\';
    }

    @Override
    public String word() {
        return line.substring(wordStart, cursor);
    }

    @Override
    public int wordCursor() {
        return cursor - wordStart;
    }

    @Override
    public int wordIndex() {
        return words().size() - 1;
    }

    @Override
    public List<String> words() {
        return wordStart == 0 ? List.of(word()) : List.of(line.substring(0, wordStart), word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor();
    }

    @Override
    public int rawWordLength() {
        return wordCursor();
    }
}
