package dev.sluice.cli;

import dev.sluice.server.OfflineLake;
import dev.sluice.server.ServerConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice backup}: a copy of a lake, in use or not. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copy a lake into a folder, or bring the backup in that folder up to date. A running server is"
                + " asked to do it, on its own disk; with --data, no server may run.",
        footer = {
            "",
            "Files on the same file system are linked, not copied: against the loss of a disk, back up to another one.",
            "./sluice restore makes a data folder of a backup."
        })
final class BackupCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TARGET", description = "Folder of the backup, made if need be.")
    private Path target = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "Back up this data folder, on which no server runs.")
    private @Nullable Path data;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var folder = target.toAbsolutePath().normalize();
        if (data == null) {
            return online(folder);
        }
        var config = ServerConfig.read(Optional.empty(), Map.of("data.folder", data.toString()));
        try (var lake = OfflineLake.open(config)) {
            var report = lake.backup().to(folder);
            console.print("Backed up to " + folder + ": " + Words.count(report.files(), "file") + ", " + report.added()
                    + " of them new\n");
        }
        return 0;
    }

    private int online(Path folder) {
        try (var client = SluiceClient.open(connection.endpoint(), connection.headers())) {
            client.run("BACKUP TO '" + folder.toString().replace("'", "''") + "'", rows -> {
                var count = 0L;
                while (rows.next()) {
                    count += rows.batch().getRowCount();
                    console.print("Backed up to " + folder + ": "
                            + rows.batch().getVector("reason").getObject(0) + "\n");
                }
                return count;
            });
            return 0;
        } catch (StatementException e) {
            console.notes().println("error: " + e.getMessage());
            return 1;
        }
    }
}
