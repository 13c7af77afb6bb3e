package dev.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The matrix as a page for readers, in the order of its cells. Confined to one thread. */
final class InteropPage {
    private static final List<String> HEAD = List.of(
            "# Sluice and Spark on the same tables",
            "",
            "Made by `./sluice test --interop`: each table is made by one side, read by the other, then changed by the other",
            "and read by both; *equal* means row for row. `-Dinterop.whole=true` tries twice as many.",
            "",
            "| made by | version | | table | read by the other | changed by the other |",
            "| --- | --- | --- | --- | --- | --- |");

    private final List<String> lines = new ArrayList<>(HEAD);

    void add(Cell cell) {
        lines.add("| " + cell.writer() + " | " + cell.version() + " | " + cell.group() + " | " + cell.what() + " | "
                + cell.unread().map(why -> "refused: " + why).orElse("equal") + " | "
                + cell.unchanged().map(why -> "refused: " + why).orElse("equal") + " |");
    }

    void write(Path page) throws IOException {
        Files.write(page, lines);
    }
}
