package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How results are written: the options that say so. */
final class OutputOptions {
    @Option(
            names = {"-F", "--format"},
            paramLabel = "FORMAT",
            description =
                    "How to write results: ${COMPLETION-CANDIDATES}. Default: what the name of -o says, or table.")
    private @Nullable Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write results to this file, all rows of them.")
    private @Nullable Path file;

    @Option(
            names = {"-a", "--all"},
            description = "Show all rows in a table, not only the first and last 20.")
    private boolean all;

    OutputSettings settings() {
        var target = Optional.ofNullable(file);
        return new OutputSettings(
                Optional.ofNullable(format).or(() -> target.flatMap(Format::of)).orElse(Format.TABLE),
                target,
                all || target.isPresent() ? OptionalInt.empty() : OptionalInt.of(TableFormat.DEFAULT_ROWS));
    }
}
