package dev.sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Where a command writes to.
 *
 * @param data results, and nothing else when they go to a file or a pipe
 * @param notes what a person should know: timings, counts, errors
 * @param columns how wide the terminal is that {@code data} goes to, if it is one
 */
record Console(OutputStream data, PrintWriter notes, Supplier<OptionalInt> columns) {

    /** The process's own streams. The launcher tells how wide its terminal is. */
    static Console system() {
        var data = new FileOutputStream(FileDescriptor.out);
        var notes = new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8);
        var columns = Integer.getInteger("sluice.columns");
        var width = columns == null ? OptionalInt.empty() : OptionalInt.of(columns);
        return new Console(data, new PrintWriter(notes, true), () -> width);
    }

    /** The same with notes among the data. */
    Console inOneStream() {
        return new Console(data, new PrintWriter(data, true, StandardCharsets.UTF_8), columns);
    }

    OptionalInt width() {
        return columns.get();
    }

    /** Writes a text where results go. */
    void print(String text) {
        try {
            data.write(text.getBytes(StandardCharsets.UTF_8));
            data.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
