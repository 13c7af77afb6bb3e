package dev.sluice.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** Writes results, one after the other, to the place and in the shape that the user asked for. */
final class ResultPrinter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Console console;
    private final OutputSettings settings;
    private final BufferAllocator allocator;
    private final Supplier<ResultFormat> table;
    private Optional<OutputStream> file = Optional.empty();

    ResultPrinter(Console console, OutputSettings settings, BufferAllocator allocator) {
        this(console, settings, allocator, () -> tableFor(console, settings));
    }

    /** @param table how a table is shown on the console */
    ResultPrinter(Console console, OutputSettings settings, BufferAllocator allocator, Supplier<ResultFormat> table) {
        this.console = console;
        this.settings = settings;
        this.allocator = allocator;
        this.table = table;
    }

    /** Writes all rows and tells how many there were. */
    long print(Rows rows) {
        try {
            return format().write(rows, target());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line about the last result: below it where people read it, apart from data elsewhere. */
    void print(String note) {
        if (settings.isForReading()) {
            console.print(note + "\n");
        } else {
            console.notes().println(note);
        }
    }

    private OutputStream target() throws IOException {
        return settings.file().isPresent()
                ? file(settings.file().get())
                : new BufferedOutputStream(console.data(), BUFFER_BYTES);
    }

    private OutputStream file(Path path) throws IOException {
        if (file.isPresent() && settings.format().isBinary()) {
            throw new IOException(
                    "A " + settings.format() + " file holds one result, and " + path + " has one already");
        }
        if (file.isEmpty()) {
            file = Optional.of(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES));
        }
        return file.get();
    }

    private ResultFormat format() {
        return switch (settings.format()) {
            case TABLE -> settings.isForReading() ? table.get() : tableFor(console, settings);
            case CSV -> new CsvFormat();
            case JSON -> JsonFormat.ARRAY;
            case JSONL -> JsonFormat.LINES;
            case MARKDOWN -> new MarkdownFormat();
            case PARQUET -> new ParquetFormat(allocator);
            case ARROW -> new ArrowFormat();
        };
    }

    private static TableFormat tableFor(Console console, OutputSettings settings) {
        return new TableFormat(settings.isForReading() ? console.width() : OptionalInt.empty(), settings.maxRows());
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
