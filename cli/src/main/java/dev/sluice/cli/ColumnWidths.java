package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide the shown columns of a table are.
 *
 * @param widths without borders
 * @param gap the place of the column that stands for those left out; the number of columns where none are
 */
record ColumnWidths(List<Integer> widths, int gap) {
    private static final int BORDER = 3;
    private static final int NARROWEST = 8;
    private static final int GAP_WIDTH = 1;

    ColumnWidths {
        widths = List.copyOf(widths);
    }

    /** The widths nearest to {@code wanted} with which a line has at most {@code lineWidth} characters. */
    static ColumnWidths fit(List<Integer> wanted, int lineWidth) {
        var columns = wanted.size();
        if (needed(wanted, NARROWEST) <= lineWidth || columns < 3) {
            return new ColumnWidths(cut(wanted, lineWidth), columns);
        }
        var shown = columns - 1;
        while (shown > 2 && needed(ends(wanted, shown), NARROWEST) + GAP_WIDTH + BORDER > lineWidth) {
            shown--;
        }
        var gap = (shown + 1) / 2;
        var widths = new ArrayList<>(cut(ends(wanted, shown), lineWidth - GAP_WIDTH - BORDER));
        widths.add(gap, GAP_WIDTH);
        return new ColumnWidths(widths, gap);
    }

    /** The first half of {@code count} columns from the left and the rest from the right. */
    private static List<Integer> ends(List<Integer> wanted, int count) {
        var ends = new ArrayList<>(wanted.subList(0, (count + 1) / 2));
        ends.addAll(wanted.subList(wanted.size() - count / 2, wanted.size()));
        return ends;
    }

    /** The line's length when no column is wider than {@code cap}. */
    private static int needed(List<Integer> wanted, int cap) {
        return 1
                + wanted.stream()
                        .mapToInt(width -> Math.min(width, cap) + BORDER)
                        .sum();
    }

    private static List<Integer> cut(List<Integer> wanted, int lineWidth) {
        var cap = wanted.stream().mapToInt(Integer::intValue).max().orElse(0);
        while (cap > 1 && needed(wanted, cap) > lineWidth) {
            cap--;
        }
        var widest = cap;
        return wanted.stream().map(width -> Math.min(width, widest)).toList();
    }

    int size() {
        return widths.size();
    }

    int width(int column) {
        return widths.get(column);
    }
}
