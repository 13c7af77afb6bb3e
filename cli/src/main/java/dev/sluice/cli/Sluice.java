package dev.sluice.cli;

import dev.sluice.core.FailureException;
import dev.sluice.server.ConfigException;
import dev.sluice.server.SluiceServer;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The {@code sluice} command. */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        versionProvider = Sluice.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A lakehouse in one process: SQL, branches and Java functions over Iceberg tables.",
        footer = {"", "Begin with ./sluice demo; ./sluice COMMAND --help tells more."})
final class Sluice {
    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    /** How the system says that the reader of a pipe has had enough, as {@code head} does: no error to anyone. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private Sluice() {}

    /** Runs the command line and ends the process. */
    public static void main(String[] args) {
        System.exit(run(Console.system(), args));
    }

    /** Runs the command line and gives the exit code: 0, 1 when a statement failed, 2 when nothing could be begun. */
    static int run(Console console, String... args) {
        var out = new PrintWriter(new OutputStreamWriter(console.data(), StandardCharsets.UTF_8), true);
        return new CommandLine(new Sluice())
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new SqlCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new BackupCommand(console))
                .addSubcommand(new RestoreCommand(console))
                .addSubcommand(new FsckCommand(console))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(console.notes())
                .setParameterExceptionHandler((e, _) -> usage(e))
                .setExecutionExceptionHandler((e, _, _) -> failure(console, e))
                .execute(args);
    }

    private static int usage(ParameterException e) {
        var command = e.getCommandLine();
        command.getErr().println("error: " + e.getMessage());
        command.getErr().println("Try ./" + command.getCommandSpec().qualifiedName() + " --help");
        return UNUSABLE;
    }

    private static int failure(Console console, Exception e) throws Exception {
        switch (e) {
            case ConfigException config ->
                config.problems().forEach(problem -> console.notes().println("error: " + problem));
            case FailureException failure -> console.notes().println("error: " + failure.getMessage());
            case UncheckedIOException io -> {
                return failure(console, Objects.requireNonNull(io.getCause()));
            }
            case IOException io -> {
                if (!BROKEN_PIPE.equals(io.getMessage())) {
                    console.notes().println("error: " + reason(io));
                }
                return FAILED;
            }
            default -> throw e;
        }
        return UNUSABLE;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "There is no file " + missing.getFile();
            case AccessDeniedException denied -> "No permission to use " + denied.getFile();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /** Tells the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Sluice " + SluiceServer.version()};
        }
    }
}
