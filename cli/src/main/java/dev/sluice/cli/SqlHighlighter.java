package dev.sluice.cli;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours SQL as it is typed. */
final class SqlHighlighter implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String text) {
        if (MetaCommand.isOne(text)) {
            return new AttributedString(text);
        }
        var coloured = new AttributedStringBuilder();
        for (var token : SqlLexer.tokens(text)) {
            coloured.styled(style(token, text), token.in(text));
        }
        return coloured.toAttributedString();
    }

    private static AttributedStyle style(Token token, String text) {
        return switch (token.kind()) {
            case WORD ->
                Keywords.contains(token.in(text))
                        ? AttributedStyle.DEFAULT
                                .foreground(AttributedStyle.BLUE)
                                .bold()
                        : AttributedStyle.DEFAULT;
            case STRING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case NUMBER -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case COMMENT -> AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
            case SPACE, QUOTED_NAME, SEMICOLON, SYMBOL -> AttributedStyle.DEFAULT;
        };
    }
}
