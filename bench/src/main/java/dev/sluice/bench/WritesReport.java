package dev.sluice.bench;

import dev.sluice.bench.WritesBenchmark.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The outcome of {@link WritesBenchmark} as a page of Markdown. */
record WritesReport(String command, WritesBenchmark.Size size, Machine machine) {
    String of(List<Series> series) {
        var tables = Arrays.stream(RowChange.values())
                .map(change -> table(
                        change,
                        series.stream().filter(each -> each.change() == change).toList()))
                .collect(Collectors.joining("\n"));
        var facts = machine.facts().stream().map(fact -> "- " + fact + "\n").collect(Collectors.joining());
        return String.format(Locale.ROOT, """
                # Changing few rows of many

                What DELETE and MERGE take on a table of %,d rows (four columns: two integers, a text and a double),
                beside DuckDB, which changes a row of a plain Parquet file by writing the file anew. All is measured in one
                run, in turns, %d times after a round that does not count, with a memory limit of %s for DuckDB on both
                sides. Each number is the median, with the least and the greatest; MB are all bytes written, metadata
                included. A write ends when its files are synced to the disk. All must have the same rows afterwards, which
                is checked by a hash of all of them: that is the time to read.

                %s
                ```
                %s
                ```

                %s""", size.rows(), size.runs(), size.memory(), facts, command, tables);
    }

    private static String table(RowChange change, List<Series> series) {
        var base = series.getFirst();
        return "## " + change.title() + "\n\n"
                + "| | seconds | DuckDB = 1 | MB written | DuckDB = 1 | seconds to read | DuckDB = 1 |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n"
                + series.stream().map(each -> row(each, base)).collect(Collectors.joining());
    }

    private static String row(Series series, Series base) {
        var bytes = bytes(series).median();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.1f | %.3f | %s | %.2f |%n",
                series.contender(),
                seconds(series),
                seconds(series).median() / seconds(base).median(),
                bytes / 1e6,
                bytes / bytes(base).median(),
                reading(series),
                reading(series).median() / reading(base).median());
    }

    private static Spread seconds(Series series) {
        return Spread.of(series.samples(), Contender.Sample::seconds);
    }

    private static Spread bytes(Series series) {
        return Spread.of(series.samples(), Contender.Sample::bytes);
    }

    private static Spread reading(Series series) {
        return Spread.of(series.samples(), Contender.Sample::readSeconds);
    }
}
