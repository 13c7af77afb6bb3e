package dev.sluice.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice bench functions}. */
@Command(
        name = "functions",
        mixinStandardHelpOptions = true,
        description = "Replace a Java function, and call functions beside DuckDB's own expressions.")
final class FunctionsCommand implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "10000000", description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(names = "--runs", defaultValue = "5", description = "Measured runs of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--changes",
            defaultValue = "100",
            description = "How often a function is replaced (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--memory", defaultValue = "1GB", description = "DuckDB's limit (default: ${DEFAULT-VALUE}).")
    private String memory = "1GB";

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        var command = "./sluice bench functions --rows " + rows + " --runs " + runs + " --changes " + changes
                + " --memory " + memory;
        var notes = spec.commandLine().getErr();
        try (var work = options.work()) {
            var size = new FunctionsBenchmark.Size(rows, runs, changes, memory);
            var outcome = new FunctionsBenchmark(size, work.path(), notes::println).run();
            var text = new FunctionsReport(command, size, Machine.here()).of(outcome);
            options.write(text, spec.commandLine().getOut());
        }
        return 0;
    }
}
