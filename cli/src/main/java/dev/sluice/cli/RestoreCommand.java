package dev.sluice.cli;

import dev.sluice.server.backup.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice restore}: a data folder from a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Make a data folder of a backup. The folder must be new or empty; it may be another one than"
                + " before.")
final class RestoreCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "SOURCE", description = "Folder of the backup.")
    private Path source = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data folder to make.")
    private Path data = Path.of("");

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var copied = Restore.run(source, data);
        console.print("Restored " + Words.count(copied, "file") + " to "
                + data.toAbsolutePath().normalize() + ": ./sluice serve --data "
                + data + " serves it\n");
        return 0;
    }
}
