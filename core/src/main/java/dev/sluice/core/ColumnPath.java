package dev.sluice.core;

import dev.sluice.core.Failure.Position;
import java.util.List;

/**
 * A column as a statement names it: its name, or the way to a field within it, where {@code element}, {@code key} and
 * {@code value} stand for what a list or a map holds.
 *
 * @param position where the statement says so
 */
public record ColumnPath(List<String> names, Position position) {
    public ColumnPath {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A path needs a name");
        }
    }

    /** The name of the column or field itself. */
    public String last() {
        return names.getLast();
    }

    /** The path as SQL writes it. */
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
