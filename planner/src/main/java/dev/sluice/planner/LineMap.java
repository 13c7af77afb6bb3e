package dev.sluice.planner;

import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The way from Calcite's lines and columns, as JavaCC counts them, to characters of the text. */
final class LineMap {
    private final int[] starts;

    LineMap(String text) {
        starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> endsLine(text, i))
                                .map(i -> i + 1))
                .toArray();
    }

    private static boolean endsLine(String text, int i) {
        return text.charAt(i) == '\n'
                || (text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
    }

    /** The first character of what stands at the position. */
    int start(SqlParserPos position) {
        return starts[Math.clamp(position.getLineNum() - 1, 0, starts.length - 1)] + position.getColumnNum() - 1;
    }
}
