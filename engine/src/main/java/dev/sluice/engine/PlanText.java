package dev.sluice.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** DuckDB's drawing of a plan, in a client's words. Its boxes stay as wide as they were. */
final class PlanText {
    private static final String LINE = "─";

    /** Before and after what encloses a cell or the title of a box. */
    private static final Pattern BORDER = Pattern.compile("(?<=[│╭╮])|(?=[│╭╮])");

    private PlanText() {}

    /** Paths without the folder that they are below. */
    static UnaryOperator<String> below(Path folder) {
        var prefixes = new LinkedHashSet<String>();
        try {
            prefixes.add(folder + "/");
            prefixes.add(folder.toRealPath() + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text -> {
            var shorter = text;
            for (var prefix : prefixes) {
                shorter = shorter.replace(prefix, "");
            }
            return shorter;
        };
    }

    static String of(String plan, List<UnaryOperator<String>> words) {
        var cells = new ArrayList<String>();
        for (var cell : BORDER.split(plan)) {
            var changed = cell;
            for (var word : words) {
                changed = word.apply(changed);
            }
            cells.add(fitted(changed, cell.length()));
        }
        return String.join("", cells);
    }

    private static String fitted(String cell, int length) {
        var filler = cell.endsWith(LINE) ? LINE : " ";
        var fitted = new StringBuilder(cell).append(filler.repeat(Math.max(0, length - cell.length())));
        while (fitted.length() > length && fitted.toString().endsWith(filler)) {
            fitted.setLength(fitted.length() - 1);
        }
        return fitted.toString();
    }
}
