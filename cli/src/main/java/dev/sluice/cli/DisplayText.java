package dev.sluice.cli;

import org.jline.utils.WCWidth;

/** Text by the columns that it takes on a terminal. */
final class DisplayText {
    private static final String ELLIPSIS = "…";

    private DisplayText() {}

    /** The text on one line, its control characters written out, so that no value can steer the terminal. */
    static String clean(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var clean = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> clean.append("\\n");
                case '\r' -> clean.append("\\r");
                case '\t' -> clean.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        clean.append("\\x")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        clean.append((char) c);
                    }
                }
            }
        });
        return clean.toString();
    }

    static int width(String text) {
        return text.codePoints().map(DisplayText::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text at exactly that width: filled with blanks on the left or right, or cut. */
    static String pad(String text, int width, boolean right) {
        var cut = width(text) <= width ? text : cut(text, width);
        var blanks = " ".repeat(width - width(cut));
        return right ? blanks + cut : cut + blanks;
    }

    private static String cut(String text, int width) {
        var cut = new StringBuilder();
        var used = 1;
        for (var codePoint : text.codePoints().toArray()) {
            used += width(codePoint);
            if (used > width) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.append(ELLIPSIS).toString();
    }
}
