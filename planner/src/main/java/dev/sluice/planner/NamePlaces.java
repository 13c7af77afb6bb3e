package dev.sluice.planner;

import java.util.Locale;
import java.util.Set;

/** What stands on either side of the name of a column or a table. */
final class NamePlaces {
    private static final Set<String> BEFORE = Set.of(
            "AND",
            "BETWEEN",
            "BY",
            "CASE",
            "DISTINCT",
            "ELSE",
            "EXCLUDE",
            "FROM",
            "GLOB",
            "HAVING",
            "ILIKE",
            "JOIN",
            "LAMBDA",
            "LIKE",
            "NOT",
            "ON",
            "OR",
            "QUALIFY",
            "RECURSIVE",
            "SELECT",
            "THEN",
            "WHEN",
            "WHERE",
            "WITH");

    private static final Set<String> AFTER = Set.of(
            "AND",
            "AS",
            "ASC",
            "AT",
            "BETWEEN",
            "COLLATE",
            "CROSS",
            "DESC",
            "ELSE",
            "END",
            "EXCEPT",
            "FROM",
            "FULL",
            "GLOB",
            "GROUP",
            "HAVING",
            "ILIKE",
            "IN",
            "INNER",
            "INTERSECT",
            "IS",
            "ISNULL",
            "JOIN",
            "LEFT",
            "LIKE",
            "LIMIT",
            "NATURAL",
            "NOT",
            "NOTNULL",
            "NULLS",
            "OFFSET",
            "ON",
            "OR",
            "ORDER",
            "QUALIFY",
            "RIGHT",
            "SIMILAR",
            "THEN",
            "UNION",
            "USING",
            "WHEN",
            "WHERE",
            "WINDOW");

    private NamePlaces() {}

    static boolean mayPrecedeName(Token token) {
        return switch (token.kind()) {
            case WORD -> BEFORE.contains(token.value().toUpperCase(Locale.ROOT));
            case SYMBOL -> !token.isSymbol(')') && !token.isSymbol(']') && !token.isSymbol('}');
            case QUOTED, STRING, SPECIAL_STRING, NUMBER, PARAMETER, END -> false;
        };
    }

    static boolean mayFollowName(Token token) {
        return switch (token.kind()) {
            case WORD -> AFTER.contains(token.value().toUpperCase(Locale.ROOT));
            case SYMBOL -> !token.isSymbol('(') && !token.isSymbol('{');
            case END -> true;
            case QUOTED, STRING, SPECIAL_STRING, NUMBER, PARAMETER -> false;
        };
    }
}
