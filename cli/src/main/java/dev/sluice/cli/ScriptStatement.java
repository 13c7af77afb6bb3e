package dev.sluice.cli;

import dev.sluice.core.Failure.Position;

/**
 * One statement of a script.
 *
 * @param lead what stands before it since the last statement: comments and space
 * @param text from its first word to its last, without the semicolon
 * @param start where its first word stands in the script
 */
record ScriptStatement(String lead, String text, Position start) {

    /** Where in the script a place in this statement is. */
    Position inScript(Position inStatement) {
        return inStatement.line() == 1
                ? new Position(start.line(), start.column() + inStatement.column() - 1)
                : new Position(start.line() + inStatement.line() - 1, inStatement.column());
    }
}
