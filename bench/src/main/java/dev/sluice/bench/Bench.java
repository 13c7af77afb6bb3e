package dev.sluice.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sluice bench} command. */
@Command(
        name = "sluice bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCHMARK",
        subcommands = {FunctionsCommand.class, WritesCommand.class},
        description = "Measure Sluice beside others on this machine, and check that all answers agree.")
final class Bench {
    private Bench() {}

    /** Runs the command line and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
