package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The outcome of {@link FunctionsBenchmark} as a page of Markdown. */
record FunctionsReport(String command, FunctionsBenchmark.Size size, Machine machine) {
    String of(FunctionsBenchmark.Outcome outcome) {
        var facts = machine.facts().stream().map(fact -> "- " + fact + "\n").collect(Collectors.joining());
        var rows = outcome.series().stream().map(FunctionsReport::row).collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """
                # Java functions

                All is measured over one connection of the stock JDBC driver, to a server in the same process.

                %s
                ```
                %s
                ```

                ## From a changed source to its result

                CREATE OR REPLACE FUNCTION with a body that differs each time, then SELECT: %d times, after some that do
                not count. Half of them took at most %.1f ms, 95 of 100 at most %.1f ms.

                ## Beside DuckDB's own expressions

                A sum over a table of %,d rows, on all threads, %d times in turns after a round that does not count.
                Each number is the median, with the least and the greatest, of the whole query: reading the table counts
                on both sides. All answers are compared.

                | | seconds, DuckDB | seconds, Java | DuckDB = 1 |
                | --- | --- | --- | --- |
                %s""",
                facts,
                command,
                outcome.changes().size(),
                percentile(outcome.changes(), 50) * 1e3,
                percentile(outcome.changes(), 95) * 1e3,
                size.rows(),
                size.runs(),
                rows);
    }

    /** The least number that so many of a hundred do not exceed. */
    static double percentile(List<Double> numbers, int percent) {
        var rank = Math.ceilDiv(numbers.size() * percent, 100);
        return numbers.stream().sorted().toList().get(rank - 1);
    }

    private static String row(FunctionsBenchmark.Series series) {
        var own = Spread.of(series.own(), each -> each);
        var java = Spread.of(series.java(), each -> each);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f |%n",
                series.trial().title(),
                own,
                java,
                java.median() / own.median());
    }
}
