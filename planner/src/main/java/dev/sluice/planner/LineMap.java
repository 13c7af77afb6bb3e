package dev.sluice.planner;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The way from Calcite's lines and columns, as JavaCC counts them, to characters of the text. */
final class LineMap {
    private final int[] starts;
    private final int[] inserted;

    LineMap(String text) {
        this(text, new int[0]);
    }

    /** @param inserted the characters of the text, in order, that do not count */
    LineMap(String text, int[] inserted) {
        this.inserted = inserted.clone();
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
        return withoutInserted(
                starts[Math.clamp(position.getLineNum() - 1, 0, starts.length - 1)] + position.getColumnNum() - 1);
    }

    private int withoutInserted(int offset) {
        var index = Arrays.binarySearch(inserted, offset);
        return offset - (index < 0 ? -index - 1 : index);
    }
}
