package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the terminal itself understands: lines that begin with a dot, or with a backslash as in psql. */
sealed interface MetaCommand {
    String HELP = """
            .tables             \\dt    the tables of this schema
            .schema TABLE       \\d     the columns of a table
            .branches                  the branches
            .functions          \\df    the users' functions
            .read FILE          \\i     run a script
            .format FORMAT             how to write results: %s
            .output [FILE]      \\o     write results to a file, or here again
            .pager on|off              show long and wide results in a pager
            .help               \\?     this
            .quit               \\q     leave; so does Ctrl-D

            A statement ends with a semicolon. Ctrl-C cancels a statement that runs, Tab completes,
            Ctrl-R searches what was typed before.
            """;

    List<String> NAMES = List.of(
            ".branches", ".format", ".functions", ".help", ".output", ".pager", ".quit", ".read", ".schema", ".tables");

    record Help() implements MetaCommand {}

    record Quit() implements MetaCommand {}

    record Query(String sql) implements MetaCommand {}

    record Read(Path file) implements MetaCommand {}

    record ChooseFormat(Format format) implements MetaCommand {}

    record ChooseOutput(Optional<Path> file) implements MetaCommand {}

    record ChoosePaging(Paging paging) implements MetaCommand {}

    /** It says nothing that is understood. */
    record Wrong(String message) implements MetaCommand {}

    /** Whether long results go to a pager. */
    enum Paging {
        ON,
        OFF
    }

    static boolean isOne(String line) {
        var text = line.stripLeading();
        return text.startsWith(".") || text.startsWith("\\");
    }

    static MetaCommand parse(String line) {
        var text = line.strip();
        var end = text.indexOf(' ');
        var name = end < 0 ? text : text.substring(0, end);
        var argument = Optional.of(end < 0 ? "" : text.substring(end).strip()).filter(value -> !value.isEmpty());
        return switch (name) {
            case ".help", "\\?", "\\h" -> new Help();
            case ".quit", ".exit", "\\q" -> new Quit();
            case ".tables", "\\dt" -> new Query("SHOW TABLES");
            case ".branches" -> new Query("SHOW BRANCHES");
            case ".functions", "\\df" -> new Query("SHOW FUNCTIONS");
            case ".schema", "\\d" ->
                new Query(argument.map(table -> "DESCRIBE " + table).orElse("SHOW TABLES"));
            case ".read", "\\i" ->
                argument.<MetaCommand>map(file -> new Read(Path.of(file)))
                        .orElseGet(() -> new Wrong(name + " needs a file"));
            case ".format", ".mode" -> choice(name, Format.values(), argument, ChooseFormat::new);
            case ".pager" -> choice(name, Paging.values(), argument, ChoosePaging::new);
            case ".output", "\\o" -> new ChooseOutput(argument.map(Path::of));
            default -> new Wrong("Unknown command " + name + ": .help lists them");
        };
    }

    private static <T extends Enum<T>> MetaCommand choice(
            String name, T[] values, Optional<String> argument, java.util.function.Function<T, MetaCommand> command) {
        return Arrays.stream(values)
                .filter(value -> argument.filter(value.name()::equalsIgnoreCase).isPresent())
                .findFirst()
                .map(command)
                .orElseGet(() -> new Wrong(name + " needs one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values)
                                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }
}
