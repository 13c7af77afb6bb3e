package dev.sluice.cli;

import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/** Text by the columns that it takes on a terminal. */
final class DisplayText {
    private static final String ELLIPSIS = "…";

    private static final HexFormat HEX = HexFormat.of();

    private DisplayText() {}

    /** The text on one line, its control characters written out, so that no value can steer the terminal. */
    static String clean(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        return text.chars().mapToObj(DisplayText::visible).collect(Collectors.joining());
    }

    private static String visible(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> Character.isISOControl(c) ? "\\x" + HEX.toHexDigits((byte) c) : Character.toString(c);
        };
    }

    static int lines(String text) {
        return text.indexOf('\n') < 0 ? 1 : (int) text.lines().count();
    }

    /** Line {@code number} of the text, from 0; nothing after the last. */
    static String line(String text, int number) {
        if (text.indexOf('\n') < 0) {
            return number == 0 ? text : "";
        }
        return text.lines().skip(number).findFirst().orElse("");
    }

    /** The width of the widest line. */
    static int widest(String text) {
        return text.indexOf('\n') < 0
                ? width(clean(text))
                : text.lines().mapToInt(line -> width(clean(line))).max().orElse(0);
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
