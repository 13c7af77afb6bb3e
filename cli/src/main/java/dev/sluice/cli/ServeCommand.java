package dev.sluice.cli;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice serve}: a server, until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Start a server. Ctrl-C or SIGTERM ends it: running statements get a few seconds to finish.",
        footer = {
            "",
            "Options win over SLUICE_… variables of the environment, and those over the config file:",
            "--port 4000, SLUICE_FLIGHT_PORT=4000 and the line flight.port=4000 say the same."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on. Default: 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on, 0 for any. Default: 31337.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for catalog and tables, made if need be. Default: sluice-data, here.")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties file with further settings.")
    private @Nullable Path config;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var end = EndSignal.listen(() -> {});
                var server = SluiceServer.open(ServerConfig.read(Optional.ofNullable(config), overrides()))) {
            console.print(ReadyBlock.of(server));
            end.await();
        }
        return 0;
    }

    private Map<String, String> overrides() {
        var overrides = new LinkedHashMap<String, String>();
        if (host != null) {
            overrides.put("flight.host", host);
        }
        if (port != null) {
            overrides.put("flight.port", port.toString());
        }
        if (data != null) {
            overrides.put("data.folder", data.toString());
        }
        return overrides;
    }
}
