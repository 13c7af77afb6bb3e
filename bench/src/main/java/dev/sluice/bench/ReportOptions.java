package dev.sluice.bench;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a benchmark works, and where its report goes. */
final class ReportOptions {
    @Option(names = "--folder", description = "Where the files are made, and removed (default: the system's).")
    private @Nullable Path folder;

    @Option(names = "--report", description = "The Markdown file to write (default: standard output).")
    private @Nullable Path report;

    @MustBeClosed
    TemporaryFolder work() throws IOException {
        return TemporaryFolder.create(folder);
    }

    void write(String text, PrintWriter out) throws IOException {
        if (report == null) {
            out.print(text);
            out.flush();
        } else {
            Files.writeString(report, text);
        }
    }
}
