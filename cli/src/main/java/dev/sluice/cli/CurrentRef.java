package dev.sluice.cli;

import java.util.Locale;
import java.util.Set;

/** The ref that a session is on, as its own statements tell. */
record CurrentRef(String name) {
    private static final Set<String> KINDS = Set.of("BRANCH", "TAG", "COMMIT");

    /** The ref after a statement that succeeded: what {@code USE BRANCH b} names, else the same. */
    CurrentRef after(String statement) {
        var words = SqlLexer.tokens(statement).stream()
                .filter(token -> !token.kind().isFiller())
                .map(token -> token.in(statement))
                .toList();
        return words.size() >= 3
                        && words.get(0).equalsIgnoreCase("USE")
                        && KINDS.contains(words.get(1).toUpperCase(Locale.ROOT))
                ? new CurrentRef(unquoted(String.join("", words.subList(2, words.size()))))
                : this;
    }

    private static String unquoted(String name) {
        var first = name.charAt(0);
        return name.length() > 1 && (first == '"' || first == '\'') ? name.substring(1, name.length() - 1) : name;
    }
}
