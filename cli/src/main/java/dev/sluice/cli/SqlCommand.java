package dev.sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice sql}: a client. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Run SQL on a server: statements, a script, standard input, or a terminal to type in.",
        footer = {
            "",
            "Examples:",
            "  ./sluice sql                                      a terminal; .help tells more",
            "  ./sluice sql -c \"SHOW TABLES; SELECT 42\"",
            "  ./sluice sql -f load.sql --ref dev",
            "  ./sluice sql -c \"FROM flights\" -o flights.parquet",
            "",
            "A script ends at the first statement that fails, with exit code 1."
        })
final class SqlCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOptions output;

    @ArgGroup
    private @Nullable Source source;

    /** Where the statements come from, if not from standard input. */
    static final class Source {
        @Option(
                names = {"-c", "--command"},
                paramLabel = "SQL",
                description = "Run these statements, parted by semicolons.")
        private @Nullable String command;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "Run the statements of this file.")
        private @Nullable Path file;
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before call()
    SqlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var script = script();
        try (var client = SluiceClient.open(endpoint(), connection.headers())) {
            return script.isPresent() ? run(client, script.get()) : type(client);
        }
    }

    private int run(SluiceClient client, SqlScript script) {
        try (var printer = new ResultPrinter(console, output.settings(), client.allocator())) {
            return new ScriptRunner(client, printer, console).run(script) ? 0 : 1;
        }
    }

    private int type(SluiceClient client) throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build();
                var shell = Shell.open(terminal, client, output.settings(), connection.ref())) {
            shell.run();
        }
        return 0;
    }

    private Endpoint endpoint() {
        try {
            return connection.endpoint();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Empty when the user means to type. */
    private Optional<SqlScript> script() throws IOException {
        if (source != null && source.command != null) {
            return Optional.of(SqlScript.of("<command>", source.command));
        }
        if (source != null && source.file != null) {
            return Optional.of(SqlScript.of(source.file.toString(), read(source.file)));
        }
        return Optional.ofNullable(System.console())
                        .filter(java.io.Console::isTerminal)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(SqlScript.of("<stdin>", new String(System.in.readAllBytes(), StandardCharsets.UTF_8)));
    }

    private String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "Cannot read " + file + ": there is no such file", e);
        }
    }
}
