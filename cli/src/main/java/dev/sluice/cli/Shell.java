package dev.sluice.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** A terminal to type SQL in. */
final class Shell implements AutoCloseable {
    private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".sluice_history");

    private final Terminal terminal;
    private final TerminalRunner runner;
    private final Vocabulary vocabulary;
    private final LineReader reader;
    private CurrentRef ref;

    private Shell(Terminal terminal, TerminalRunner runner, Vocabulary vocabulary, CurrentRef ref) {
        this.terminal = terminal;
        this.runner = runner;
        this.vocabulary = vocabulary;
        this.ref = ref;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sluice")
                .parser(TypedLine.PARSER)
                .completer(new SqlCompleter(vocabulary))
                .highlighter(new SqlHighlighter())
                .variable(LineReader.HISTORY_FILE, HISTORY)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P -> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    /** @param ref where the session begins, if not on the default branch */
    @MustBeClosed
    static Shell open(Terminal terminal, SluiceClient client, OutputSettings settings, Optional<String> ref) {
        var runner = new TerminalRunner(terminal, client, settings);
        return new Shell(terminal, runner, new Vocabulary(client), new CurrentRef(ref.orElse("main")));
    }

    /** Reads and runs until the user leaves. */
    void run() {
        say("A statement ends with a semicolon; .help tells more, Ctrl-D leaves.");
        var open = true;
        while (open) {
            try {
                open = accept(reader.readLine("sluice:" + ref.name() + "> "));
            } catch (UserInterruptException _) {
                // Ctrl-C drops what was typed
            } catch (EndOfFileException _) {
                open = false;
            }
        }
    }

    /** Does what was typed; false when the user wants to leave. */
    private boolean accept(String line) {
        if (MetaCommand.isOne(line)) {
            return obey(MetaCommand.parse(line));
        }
        runAll(SqlScript.of("", line));
        return true;
    }

    private boolean obey(MetaCommand command) {
        switch (command) {
            case MetaCommand.Quit _ -> {
                return false;
            }
            case MetaCommand.Help _ -> say(MetaCommand.HELP.replace("%s", formats()));
            case MetaCommand.Query(var sql) -> runAll(SqlScript.of("", sql));
            case MetaCommand.Read(var file) -> read(file);
            case MetaCommand.ChooseFormat(var format) ->
                runner.choose(runner.settings().withFormat(format));
            case MetaCommand.ChooseOutput(var file) ->
                runner.choose(runner.settings().withFile(file));
            case MetaCommand.ChoosePaging(var paging) -> runner.choose(paging);
            case MetaCommand.Wrong(var message) -> say(message);
        }
        return true;
    }

    private static String formats() {
        return String.join(
                ", ", Arrays.stream(Format.values()).map(Format::toString).toList());
    }

    private void read(Path file) {
        try {
            runAll(SqlScript.of(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            say("Cannot read " + file + ": " + e.getMessage());
        }
    }

    private void runAll(SqlScript script) {
        for (var statement : script.statements()) {
            if (!runner.run(script, statement)) {
                return;
            }
            ref = ref.after(statement.text());
            vocabulary.forgetAfter(statement.text());
        }
    }

    private void say(String text) {
        terminal.writer().println(text);
        terminal.flush();
    }

    @Override
    public void close() {
        runner.close();
    }
}
