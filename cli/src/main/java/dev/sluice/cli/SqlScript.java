package dev.sluice.cli;

import dev.sluice.core.Failure.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that stand in one text, parted by semicolons.
 *
 * @param name what to call the text in messages: a file, or where it came from; empty for what was just typed
 * @param complete whether the last statement has its semicolon, or there is none
 */
record SqlScript(String name, String text, List<ScriptStatement> statements, boolean complete) {
    SqlScript {
        statements = List.copyOf(statements);
    }

    static SqlScript of(String name, String text) {
        var statements = new ArrayList<ScriptStatement>();
        var lead = 0;
        var start = -1;
        var end = 0;
        for (var token : SqlLexer.tokens(text)) {
            if (token.kind() == Token.Kind.SEMICOLON) {
                if (start >= 0) {
                    statements.add(statement(text, lead, start, end));
                }
                start = -1;
                lead = token.end();
            } else if (!token.kind().isFiller()) {
                start = start < 0 ? token.start() : start;
                end = token.end();
            }
        }
        var complete = start < 0;
        if (!complete) {
            statements.add(statement(text, lead, start, end));
        }
        return new SqlScript(name, text, statements, complete);
    }

    private static ScriptStatement statement(String text, int lead, int start, int end) {
        return new ScriptStatement(text.substring(lead, start), text.substring(start, end), Position.of(text, start));
    }

    /** Line {@code number}, from 1, without its line end. */
    String line(int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }
}
