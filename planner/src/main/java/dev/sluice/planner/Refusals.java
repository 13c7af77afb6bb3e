package dev.sluice.planner;

import dev.sluice.core.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Statements that clients send and that are known not to be answered here, each told what to do. */
final class Refusals {
    private static final Set<String> FORBIDDEN = Set.of(
            "ATTACH", "CHECKPOINT", "DETACH", "EXPORT", "IMPORT", "INSTALL", "LOAD", "PRAGMA", "SECRET", "VACUUM");

    private static final Map<String, String> UNSUPPORTED = Map.ofEntries(
            Map.entry("ANALYZE", "statistics are kept by each commit"),
            Map.entry("CALL", "there are no procedures: use SELECT"),
            Map.entry("DEALLOCATE", "prepare statements through the driver"),
            Map.entry("EXECUTE", "prepare statements through the driver"),
            Map.entry("GRANT", "there are no privileges yet"),
            Map.entry("PREPARE", "prepare statements through the driver"),
            Map.entry("REPLACE", "write CREATE OR REPLACE"),
            Map.entry("RESET", "there are no settings yet"),
            Map.entry("REVOKE", "there are no privileges yet"),
            Map.entry("SAVEPOINT", "a statement that fails changes nothing, and the transaction goes on"),
            Map.entry("SET", "there are no settings yet"));

    private static final List<String> UNSUPPORTED_OBJECTS =
            List.of("DATABASE", "INDEX", "MACRO", "NAMESPACE", "SECRET", "SEQUENCE", "TEMP", "TEMPORARY", "TYPE");

    private Refusals() {}

    static void check(Tokens tokens) {
        var first = tokens.peek();
        if (first.kind() != Token.Kind.WORD) {
            return;
        }
        var word = first.value().toUpperCase(Locale.ROOT);
        if (FORBIDDEN.contains(word) || tokens.at("FORCE", "CHECKPOINT")) {
            throw tokens.draft().forbidden(word + " may not be used", first.start());
        }
        var reason = UNSUPPORTED.get(word);
        if (reason != null) {
            throw tokens.draft().failure(Code.UNSUPPORTED, word + " is not supported: " + reason, first.start());
        }
        if (word.equals("CREATE") || word.equals("DROP")) {
            checkObject(tokens, word);
        }
    }

    private static void checkObject(Tokens tokens, String word) {
        var object = tokens.peek(tokens.peek(1).is("OR") ? 3 : 1);
        if (UNSUPPORTED_OBJECTS.stream().anyMatch(object::is)) {
            var message = word + " " + object.value().toUpperCase(Locale.ROOT) + " is not supported";
            throw tokens.draft().failure(Code.UNSUPPORTED, message, object.start());
        }
    }
}
