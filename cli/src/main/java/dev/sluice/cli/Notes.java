package dev.sluice.cli;

import java.util.Locale;
import java.util.Set;

/** What is said of a statement when it is done. */
final class Notes {
    private static final Set<String> COUNTED = Set.of("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE");

    private Notes() {}

    static String of(ScriptStatement statement, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned(var rows) -> Words.count(rows, "row");
            case Outcome.Changed(var rows)
            when rows > 0 || COUNTED.contains(firstWord(statement)) -> Words.count(rows, "row") + " changed";
            case Outcome.Changed _ -> "ok";
        };
    }

    private static String firstWord(ScriptStatement statement) {
        var text = statement.text();
        return SqlLexer.tokens(text).getFirst().in(text).toUpperCase(Locale.ROOT);
    }
}
