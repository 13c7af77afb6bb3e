package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/** Runs statements for someone who watches: with progress, a pager, and Ctrl-C to cancel. Confined to one thread. */
final class TerminalRunner implements AutoCloseable {
    private final Terminal terminal;
    private final SluiceClient client;
    private final Console console;
    private OutputSettings settings;
    private MetaCommand.Paging paging = MetaCommand.Paging.ON;
    private ResultPrinter printer;
    private Optional<ProgressLine> progress = Optional.empty();
    private OptionalLong paged = OptionalLong.empty();

    TerminalRunner(Terminal terminal, SluiceClient client, OutputSettings settings) {
        this.terminal = terminal;
        this.client = client;
        this.settings = settings;
        var output = new AfterProgress();
        this.console = new Console(
                output,
                new PrintWriter(output, true, StandardCharsets.UTF_8),
                () -> OptionalInt.of(Math.max(1, terminal.getSize().getColumns())));
        this.printer = printer();
    }

    /** Whether the statement succeeded; a failure is told to the user. */
    boolean run(SqlScript script, ScriptStatement statement) {
        var before = terminal.handle(Signal.INT, _ -> client.cancel());
        try (var line = ProgressLine.watch(client, terminal.writer())) {
            progress = Optional.of(line);
            paged = OptionalLong.empty();
            return new ScriptRunner(client, printer, console, this::end).run(script, statement);
        } finally {
            progress = Optional.empty();
            terminal.handle(Signal.INT, before);
            terminal.flush();
        }
    }

    OutputSettings settings() {
        return settings;
    }

    /** Changes where results go from now on; a file that was written to is closed. */
    void choose(OutputSettings other) {
        printer.close();
        settings = other;
        printer = printer();
    }

    void choose(MetaCommand.Paging other) {
        paging = other;
    }

    private ResultPrinter printer() {
        return new ResultPrinter(console, settings, client.allocator(), this::table);
    }

    private ResultFormat table() {
        return switch (paging) {
            case ON -> new PagedTable(terminal.getSize(), this::beginPaging);
            case OFF -> new TableFormat(console.width(), settings.maxRows());
        };
    }

    private void beginPaging() {
        endProgress();
        paged = OptionalLong.of(System.nanoTime());
    }

    /** When the statement ended: reading in the pager is not part of its time. */
    private long end() {
        endProgress();
        return paged.orElseGet(System::nanoTime);
    }

    private void endProgress() {
        progress.ifPresent(ProgressLine::close);
    }

    @Override
    public void close() {
        printer.close();
    }

    /** The terminal's output; the progress line makes way for the first byte. */
    private final class AfterProgress extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            endProgress();
            terminal.output().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            endProgress();
            terminal.output().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            terminal.output().flush();
        }
    }
}
