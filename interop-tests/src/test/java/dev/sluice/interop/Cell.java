package dev.sluice.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One table of the matrix: who makes it, and how. What is not declared as refused must work.
 *
 * @param version of Iceberg's table format
 * @param statements of the writer; {@code $t} stands for the table
 * @param change what the other side does afterwards
 * @param unread what the reader's failure says, where it cannot read the table
 * @param unchanged what the other side's failure says, where it cannot change the table
 */
record Cell(
        Side writer,
        String group,
        String what,
        int version,
        List<String> statements,
        String change,
        Optional<String> unread,
        Optional<String> unchanged) {
    enum Side {
        SPARK("Spark"),
        SLUICE("Sluice");

        private final String label;

        Side(String label) {
            this.label = label;
        }

        Side other() {
            return this == SPARK ? SLUICE : SPARK;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    static Cell of(Side writer, String group, String what, int version, String... statements) {
        return new Cell(
                writer,
                group,
                what,
                version,
                Arrays.asList(statements),
                "DELETE FROM $t WHERE id = 2",
                Optional.empty(),
                Optional.empty());
    }

    Cell unread(String message) {
        return new Cell(writer, group, what, version, statements, change, Optional.of(message), Optional.of(message));
    }

    Cell unchanged(String message) {
        return new Cell(writer, group, what, version, statements, change, unread, Optional.of(message));
    }

    @Override
    public String toString() {
        return writer + ", v" + version + ", " + group + ": " + what;
    }
}
