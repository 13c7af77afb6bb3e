package dev.sluice.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** DuckDB's drawing of a plan, in a client's words. Its boxes stay as wide as they were. */
final class PlanText {
    private static final String BORDER = "│";

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
        for (var cell : plan.split(BORDER, -1)) {
            var changed = cell;
            for (var word : words) {
                changed = word.apply(changed);
            }
            cells.add(fitted(changed, cell.length()));
        }
        return String.join(BORDER, cells);
    }

    private static String fitted(String cell, int length) {
        var missing = length - cell.length();
        if (missing >= 0) {
            return cell + " ".repeat(missing);
        }
        var blanks = cell.length() - cell.stripTrailing().length();
        return cell.substring(0, cell.length() - Math.min(-missing, blanks));
    }
}
