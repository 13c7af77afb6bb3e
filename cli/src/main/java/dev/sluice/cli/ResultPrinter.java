package dev.sluice.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;

/** Writes results, one after the other, to the place and in the shape that the user asked for. */
final class ResultPrinter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Console console;
    private final OutputOptions options;
    private final BufferAllocator allocator;
    private Optional<OutputStream> file = Optional.empty();

    ResultPrinter(Console console, OutputOptions options, BufferAllocator allocator) {
        this.console = console;
        this.options = options;
        this.allocator = allocator;
    }

    /** Writes all rows and tells how many there were. */
    long print(Rows rows) {
        try {
            var target = options.file().isPresent()
                    ? openFile(options.file().get())
                    : new BufferedOutputStream(console.data(), BUFFER_BYTES);
            return format().write(rows, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what became of a statement: beside the data, unless the data is for people anyway. */
    void print(ScriptStatement statement, Outcome outcome, Duration time) {
        var note = Notes.of(statement, outcome) + " (" + Words.duration(time) + ")";
        if (options.format() == Format.TABLE && options.file().isEmpty()) {
            console.print(note + "\n");
        } else {
            console.notes().println(note);
        }
    }

    private OutputStream openFile(Path path) throws IOException {
        if (file.isPresent() && options.format().isBinary()) {
            throw new IOException("A " + options.format() + " file holds one result, and " + path + " has one already");
        }
        if (file.isEmpty()) {
            file = Optional.of(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES));
        }
        return file.get();
    }

    private ResultFormat format() {
        return switch (options.format()) {
            case TABLE ->
                new TableFormat(options.file().isPresent() ? OptionalInt.empty() : console.width(), maxRows());
            case CSV -> new CsvFormat();
            case JSON -> JsonFormat.ARRAY;
            case JSONL -> JsonFormat.LINES;
            case MARKDOWN -> new MarkdownFormat();
            case PARQUET -> new ParquetFormat(allocator);
            case ARROW -> new ArrowFormat();
        };
    }

    private OptionalInt maxRows() {
        return options.all() || options.file().isPresent()
                ? OptionalInt.empty()
                : OptionalInt.of(TableFormat.DEFAULT_ROWS);
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
