package dev.sluice.engine;

import java.util.List;

/** In which order rows are written. Columns are names of the table's schema. */
public sealed interface RowOrder {
    /** As they are read. */
    record Kept() implements RowOrder {}

    /** By columns, the first one first; nulls last. */
    record Sorted(List<Key> keys) implements RowOrder {
        public Sorted {
            keys = List.copyOf(keys);
        }
    }

    record Key(String column, Direction direction) {}

    enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Along a curve through all columns at once: rows that are near in each of them lie near each other. */
    record ZOrdered(List<String> columns) implements RowOrder {
        public ZOrdered {
            columns = List.copyOf(columns);
        }
    }
}
