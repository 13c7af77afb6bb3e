package dev.sluice.planner;

import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** What is told of a query that no parser reads. */
final class SyntaxErrors {
    /** Reserved words that begin a clause or join two expressions: nobody meant a name by them. */
    private static final Set<String> STRUCTURE = Set.of(
            "ALL",
            "AND",
            "AS",
            "BY",
            "CASE",
            "CAST",
            "DISTINCT",
            "ELSE",
            "EXCEPT",
            "FALSE",
            "FROM",
            "HAVING",
            "IN",
            "INTERSECT",
            "IS",
            "JOIN",
            "LIKE",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "SELECT",
            "THEN",
            "TRUE",
            "UNION",
            "WHEN",
            "WHERE",
            "WITH");

    private final List<Token> tokens;
    private final Draft draft;

    SyntaxErrors(List<Token> tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** Tells of the place that the better of the two parsers came to. */
    FailureException refusal(String message, OptionalInt first, OptionalInt second) {
        var offset = Math.max(first.orElse(-1), second.orElse(-1));
        if (offset < 0 || !message.toLowerCase(Locale.ROOT).startsWith("syntax error")) {
            return draft.syntax(message, Math.max(0, second.orElse(offset)));
        }
        var index = 0;
        while (index < tokens.size() - 1 && tokens.get(index).end() <= offset) {
            index++;
        }
        var token = tokens.get(index);
        var place = token.end() > offset ? token.start() : offset;
        if (!draft.isVerbatim(place)) {
            return draft.syntax("The expression before this place is not complete", offset);
        }
        return draft.syntax("Unexpected " + token.shown().replaceFirst("^the ", "") + hint(index), place);
    }

    private String hint(int index) {
        for (var i = Math.max(1, index - 1); i <= index; i++) {
            if (isMeantAsName(i)) {
                var word = tokens.get(i).value();
                return ": '" + word + "' is a reserved word, and as a name must be quoted: "
                        + QualifiedName.quote(word);
            }
        }
        return "";
    }

    private boolean isMeantAsName(int index) {
        var token = tokens.get(index);
        return token.kind() == Token.Kind.WORD
                && EngineWords.isReserved(token.value())
                && !STRUCTURE.contains(token.value().toUpperCase(Locale.ROOT))
                && NamePlaces.mayPrecedeName(tokens.get(index - 1))
                && NamePlaces.mayFollowName(tokens.get(index + 1));
    }
}
