package dev.sluice.cli;

import dev.sluice.server.OfflineLake;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.backup.Fsck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice fsck}: whether a lake is whole. */
@Command(
        name = "fsck",
        mixinStandardHelpOptions = true,
        description = "Look whether every file that a branch or tag needs is there, as long as it should be, and can be"
                + " read. No server may run on the folder. Nothing is changed.",
        footer = {"", "The exit code is 0 where all is well, 1 where something is not, 2 where it could not look."})
final class FsckCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Default: ${DEFAULT-VALUE}, here.")
    private Path data = Path.of("sluice-data");

    @Option(names = "--deep", description = "Read every value of every data file, too.")
    private boolean deep;

    FsckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var config = ServerConfig.read(Optional.empty(), Map.of("data.folder", data.toString()));
        try (var lake = OfflineLake.open(config)) {
            var report = lake.fsck(deep ? Fsck.Depth.DATA : Fsck.Depth.FOOTERS);
            report.problems().forEach(problem -> console.print(problem + "\n"));
            var looked = Words.count(report.files(), "file") + " of " + report.bytes() + " bytes";
            var problems = report.problems().size();
            console.print(
                    problems == 0
                            ? looked + ": all is well\n"
                            : looked + ": " + Words.count(problems, "problem") + "\n");
            return problems == 0 ? 0 : 1;
        }
    }
}
