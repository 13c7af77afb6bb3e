package dev.sluice.cli;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice demo}: a tour on a server of its own. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "See it work: start a server in a fresh folder, and run samples/demo.sql on it.",
        footer = {"", "Nothing is left behind: the folder is removed at the end."})
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--exit", description = "End after the tour, with exit code 1 if a statement failed.")
    private boolean exit;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (System.getProperty("sluice.log") == null) {
            System.setProperty("sluice.log", "WARN");
        }
        try (var folder = TemporaryFolder.create("sluice-demo-");
                var server = SluiceServer.open(config(folder.path()));
                var client = SluiceClient.open(new Endpoint(server.host(), server.port(), false), Map.of());
                var end = EndSignal.listen(client::cancel)) {
            if (!tour(client)) {
                return 1;
            }
            if (!exit) {
                console.print(ReadyBlock.of(server));
                end.await();
            }
            return 0;
        }
    }

    private boolean tour(SluiceClient client) throws IOException {
        var begin = System.nanoTime();
        var samples = samples();
        var script = SqlScript.of("demo.sql", Files.readString(samples.resolve("demo.sql")));
        var everything = console.inOneStream();
        try (var printer = new ResultPrinter(everything, OutputSettings.TABLE, client.allocator())) {
            var runner = new ScriptRunner(client, printer, everything);
            var variables = Map.of("samples", samples.toString().replace("'", "''"));
            if (!new Tour(runner, everything, InstantSource.system(), variables).run(script)) {
                return false;
            }
        }
        var time = Words.duration(Duration.ofNanos(System.nanoTime() - begin));
        console.print("\n" + Words.count(script.statements().size(), "statement") + " in " + time + "\n");
        return true;
    }

    private static ServerConfig config(Path folder) {
        var port = isFree(Endpoint.DEFAULT_PORT) ? Endpoint.DEFAULT_PORT : 0;
        return ServerConfig.read(
                Optional.empty(),
                Map.of(
                        "flight.host", Endpoint.DEFAULT_HOST,
                        "flight.port", Integer.toString(port),
                        "data.folder", folder.resolve("data").toString()));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Path samples() throws IOException {
        return Path.of(System.getProperty("sluice.home", ""), "samples").toRealPath();
    }
}
