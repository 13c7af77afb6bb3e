package dev.sluice.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Another program that shows what is written to it page by page. */
final class Pager implements AutoCloseable {
    private static final String DEFAULT = "less -SR";

    private final Process process;

    private Pager(Process process) {
        this.process = process;
    }

    /** Starts {@code $PAGER}, or {@code less}. */
    @MustBeClosed
    static Pager open() throws IOException {
        var command = Optional.ofNullable(System.getenv("PAGER"))
                .filter(pager -> !pager.isBlank())
                .orElse(DEFAULT);
        return new Pager(new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** Ends its input and waits until the user has left it. */
    @Override
    public void close() {
        try {
            input().close();
        } catch (IOException _) {
            // the user left it before the end
        }
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
