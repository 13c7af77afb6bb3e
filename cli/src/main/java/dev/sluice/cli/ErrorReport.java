package dev.sluice.cli;

import dev.sluice.core.Failure.Position;

/** An error as compilers print it: file, line, column, the line itself and a mark below it. */
final class ErrorReport {
    private ErrorReport() {}

    static String of(SqlScript script, ScriptStatement statement, StatementException failure) {
        var place = failure.position().map(statement::inScript).orElse(statement.start());
        var label = script.name().isEmpty() ? "" : script.name() + ":" + place.line() + ":" + place.column() + ": ";
        var excerpt = failure.position().isPresent() ? "\n" + excerpt(script.line(place.line()), place) : "";
        return label + "error: " + failure.getMessage() + excerpt;
    }

    private static String excerpt(String line, Position place) {
        var number = Integer.toString(place.line());
        var before = DisplayText.clean(line.substring(0, Math.min(place.column() - 1, line.length())));
        return "  " + number + " │ " + DisplayText.clean(line) + "\n  " + " ".repeat(number.length()) + " │ "
                + " ".repeat(DisplayText.width(before)) + "^";
    }
}
