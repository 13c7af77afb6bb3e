package dev.sluice.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice bench writes}. */
@Command(
        name = "writes",
        mixinStandardHelpOptions = true,
        description =
                "Change few rows of a large table, by DELETE and MERGE, beside DuckDB that writes plain files anew.")
final class WritesCommand implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "10000000", description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(names = "--runs", defaultValue = "3", description = "Measured runs of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--memory",
            defaultValue = "1GB",
            description = "DuckDB's limit on both sides (default: ${DEFAULT-VALUE}).")
    private String memory = "1GB";

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        var command = "./sluice bench writes --rows " + rows + " --runs " + runs + " --memory " + memory;
        var notes = spec.commandLine().getErr();
        try (var work = options.work()) {
            var size = new WritesBenchmark.Size(rows, runs, memory);
            var series = new WritesBenchmark(size, work.path(), notes::println).run();
            var text = new WritesReport(command, size, Machine.here()).of(series);
            options.write(text, spec.commandLine().getOut());
        }
        return 0;
    }
}
