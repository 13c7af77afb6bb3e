package dev.sluice.planner;

/**
 * One statement of a script.
 *
 * @param sql its text, without the semicolon and without blanks and comments around it
 * @param offset its first character in the script, from 0
 */
public record ScriptPart(String sql, int offset) {}
